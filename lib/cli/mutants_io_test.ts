import { assertEquals, assertMatch } from "@std/assert";
import "./mutants.ts";
import { fileAt } from "./files_in.ts";
import { EXPLAINED, explains } from "./mutants/explained.ts";
import { mutantsOf } from "./mutants/mutate.ts";

Deno.test("mutants are listed evenly over the code, the same each time", async () => {
  const list = async (...args: string[]) => {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "mutants", "--list", ...args],
      cwd: new URL("../../", import.meta.url),
      env: { NO_COLOR: "1" },
    }).output();
    return new TextDecoder().decode(stdout).trim().split("\n");
  };
  const [some, again, mask] = [
    await list("--most=7"),
    await list("--most=7"),
    await list("--only=attention", "--most=999"),
  ];
  assertEquals([some.length, again], [7, some]);
  for (const line of some) {
    assertMatch(line, /^lib\/(model|runtime)\/[\w/]+\.ts:\d+ [\w ]+: .+ -> /);
  }
  assertEquals(mask.every((line) => line.startsWith("lib/model/graph/attention.ts:")), true);
});

Deno.test("every mutant whose survival is explained can be made", async () => {
  for (const one of EXPLAINED) {
    const source = await Deno.readTextFile(fileAt(new URL("../../", import.meta.url), one.file));
    const made = mutantsOf(one.file, source).some((mutant) => explains(one, mutant));
    assertEquals(made, true, `${one.file}: ${one.before} -> ${one.after}`);
  }
});
