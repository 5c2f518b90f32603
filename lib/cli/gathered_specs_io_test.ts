import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { SOUND_SPEC as SOUND } from "../claims/testing/project.ts";
import { Project } from "./testing/project.ts";

const FAILS = SOUND.replace("assertEquals(at, 0,", "assertEquals(at, 2,");

Deno.test("plain deno test runs every spec file, gathered or not, and each that is no question fails", () =>
  Project.empty(async (project) => {
    const deno = (...args: string[]) => project.call(Deno.execPath(), args);
    // In place of the file that starts a runtime for the library's tests.
    await Deno.mkdir(`${project.folder}/lib/runtime/testing`, { recursive: true });
    await Deno.writeTextFile(`${project.folder}/lib/runtime/testing/give_back.ts`, "");
    await Deno.mkdir(`${project.folder}/spec/01_lines`);
    await project.write({
      "01_lines/help_test.ts": 'Deno.test("help is there", () => {});',
      "01_lines_test.ts": SOUND,
      "02_empty_test.ts": "",
      "03_throws_test.ts": `throw new Error("no such fixture");`,
      "04_typo_test.ts": "const x = = 1;",
      "05_exits_test.ts": "Deno.exit(0);",
      "06_gone_test.ts": SOUND,
      "07_lines_test.ts": SOUND,
    });
    const written = await deno("task", "tests");
    assertEquals(written.code, 0, written.output);
    await Deno.remove(`${project.folder}/spec/06_gone_test.ts`);
    const strange = ["014_a", "5_a", "a", "_a", ".a", "a (b)"].map((name) => `${name}_test.ts`);
    for (const name of [...strange, "50_fails_test.ts"]) await project.write({ [name]: FAILS });
    const { code, output } = await deno("test", "--no-check");
    assertEquals(code, 1, output);
    for (
      const line of [
        "help is there ... ok",
        "spec/02_empty_test.ts asks a question ... FAILED",
        "spec/03_throws_test.ts can be loaded ... FAILED",
        "spec/04_typo_test.ts can be loaded ... FAILED",
        "spec/05_exits_test.ts can be loaded ... FAILED",
        "Error: no such fixture",
        "A test file must not end its process",
        ...[...strange, "50_fails_test.ts"].map((name) => `through zero? => ../spec/${name}:`),
        ...strange.map((name) =>
          `and "test", such as spec/05_width_test.ts or spec/100_width_test.ts, got spec/${name}`
        ),
      ]
    ) assertStringIncludes(output, line);
    assert(!output.includes("06_gone"), output);
    assertEquals(
      output.split("a line goes through zero ... ok").length - 1,
      2,
      "those that are sound",
    );
    const config = JSON.parse(await Deno.readTextFile(`${project.folder}/deno.json`));
    config.test.include.pop();
    await Deno.writeTextFile(`${project.folder}/deno.json`, JSON.stringify(config));
    const stale = await deno("test", "--no-check");
    assertStringIncludes(stale.output, "The list of tests is stale: run deno task tests");
  }));
