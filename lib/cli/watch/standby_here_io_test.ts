import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { measuring, SOUND_SPEC as SOUND } from "../../claims/testing/project.ts";
import { Project } from "../testing/project.ts";
import { standBy } from "./standby.ts";

const FILE = "07_lines_test.ts";

/** What specs are, with what is wrong with each. */
const SPECS: Record<string, string> = {
  "it stands": SOUND,
  "a claim fails": SOUND.replace("assertEquals(at, 0,", "assertEquals(at, 2,"),
  "it throws": `throw new Error("no such fixture");`,
  "it rejects later": `${SOUND}\nPromise.reject(new Error("too late"));`,
  "it cannot be parsed": "const x = = 1;",
  "it imports what is not there": `import "./07_lines/none.ts";\n${SOUND}`,
  "it asks nothing": "export {};",
  "it asks twice": SOUND + SOUND.replaceAll(/import .*/g, ""),
  "it ends its process": "Deno.exit(0);",
  "a measure ends its process": measuring("Deno.exit(0)"),
  "a measure reads a file": measuring(`Deno.readTextFileSync("deno.json")`),
  "a measure listens": measuring("Deno.stdin.readSync(new Uint8Array(1))"),
  "it does not end": measuring("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"),
};

/** The report of that file: all that is said, and kept. */
async function reportOf(project: Project, standsBy: boolean) {
  const standby = standsBy ? standBy(project.root) : undefined;
  const args = [`spec/${FILE}`, "--no-times", "--quiet", "--limit=15"];
  const { code, output, files } = await project.reportWith({ live: false, standby }, ...args);
  return { code, output, answers: files["answers.json"] };
}

Deno.test("what stands by comes to the same as a run of the file, whatever is wrong with it", () =>
  Project.quick(async (project) => {
    for (const [what, spec] of Object.entries(SPECS)) {
      await project.write({ [FILE]: spec });
      assertEquals(await reportOf(project, true), await reportOf(project, false), what);
    }
  }));

Deno.test("what stands by runs the file itself, and what lies beside it", () =>
  Project.quick(async (project) => {
    const start = `import { main } from "./07_lines/main.ts";\n`;
    await Deno.mkdir(`${project.folder}/spec/07_lines`);
    await project.write({
      "07_lines/main.ts": "export const main = Deno.mainModule;",
      [FILE]: start + SOUND.replace("({ at: bias })", "({ at: bias, main })"),
    });
    const ran = (file: string) => `/${file}"`;
    const alone = await reportOf(project, false);
    assertStringIncludes(alone.answers, ran(`spec/${FILE}`), alone.output);
    const { code, output, answers } = await reportOf(project, true);
    assertEquals(code, 0, output);
    assertStringIncludes(answers, ran("lib/cli/watch/standby_here.ts"), output);
    assert(!answers.includes(ran(`spec/${FILE}`)), "and none by itself");
  }));
