import { assertEquals } from "@std/assert";
import { configText, gatheredText, unlistedTests } from "./gather_tests.ts";
import { testsOnDisk } from "./tests_on_disk.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("what `deno task tests` writes is what is committed, but for questions since", async () => {
  const config = await Deno.readTextFile(new URL("deno.json", ROOT));
  const onDisk = await testsOnDisk(ROOT);
  const tests = { ...onDisk, specs: onDisk.specs.filter((file) => config.includes(`"!${file}"`)) };
  assertEquals(configText(config, tests), config, "run deno task tests");
  const gathered = await Deno.readTextFile(new URL("lib/gathered_tests.ts", ROOT));
  assertEquals(gathered, gatheredText(tests), "run deno task tests");
  assertEquals(await unlistedTests(ROOT), []);
});
