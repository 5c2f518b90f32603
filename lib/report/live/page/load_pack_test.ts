import { assertEquals, assertRejects } from "@std/assert";
import { packFile, packScript } from "../pack.ts";
import { withBeside } from "../testing/beside.ts";
import { loadPack } from "./load_pack.ts";

const name = "models/gpt/1";
const contents = {
  "models/gpt/1/config.json": new TextEncoder().encode('{"</script>": "`${"}'),
  "models/gpt/1/model.safetensors": Uint8Array.from({ length: 70_000 }, (_, i) => i * i),
};

Deno.test("what was packed is loaded, byte for byte, as often as it is asked for", async () => {
  const scripts = { [packFile(name)]: await packScript(name, contents) };
  await withBeside(scripts, async () => {
    assertEquals(await loadPack(name), contents);
    assertEquals(await loadPack(name), contents);
  });
});

Deno.test("a pack that is missing, damaged or another one is said", async () => {
  const script = await packScript(name, contents);
  const damaged = script.replace(/H4sI\w{4}/, "H4sIAAAA00");
  await withBeside({ [packFile("other")]: script, [packFile(name)]: damaged }, async () => {
    const said = async (name: string) => (await assertRejects(() => loadPack(name), Error)).message;
    assertEquals(await said("nothing"), "live/nothing.js is missing beside this page");
    assertEquals(await said("other"), "live/other.js does not hold what it should");
    await assertRejects(() => loadPack(name), Error);
  });
});
