import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { call, ended } from "../../claims/testing/call.ts";
import { measuring, SOUND_SPEC as SOUND } from "../../claims/testing/project.ts";
import { Project, verdicts } from "../testing/project.ts";

Deno.test("what never ends is ended, and named with what it was at; the others are reported", () =>
  Project.empty(async (project) => {
    await project.write({
      "01_measures_test.ts": measuring("for (;;) console.log('still here')"),
      "02_loads_test.ts": "for (;;) {}",
      "07_lines_test.ts": SOUND,
    });
    const { code, output, answers } = await project.report("--limit=6");
    assertEquals(code, 1, output);
    assertEquals(verdicts(answers), {
      "spec/01_measures_test.ts": "broken",
      "spec/02_loads_test.ts": "broken",
      "spec/07_lines_test.ts": "holds",
    }, output);
    const [measures, loads] = answers.questions;
    const why = "Nothing moved in it for 6 s, so it was ended";
    assertEquals(measures.problems, [`${why}. It was at the claim through-zero: one`]);
    assertEquals(loads.problems, [why]);
    assertEquals(answers.problems, [], "nothing is wrong with the others");
    assertStringIncludes(output, "The tests were cut short by spec/01_measures_test.ts.");
  }));

Deno.test({
  name: "whoever ends the command ends what it started, and the report that was there is whole",
  ignore: Deno.build.os === "windows", // It has no such signals.
  fn: () =>
    Project.empty(async (project) => {
      await project.write({ "07_lines_test.ts": SOUND });
      const before = await project.report();
      await project.write({ "01_measures_test.ts": measuring("for (;;) {}") });
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL", "under npx"] as const) {
        await Deno.remove(`${project.folder}/report/.evidence`, { recursive: true });
        const command = signal === "under npx"
          ? project.start("bash", ["-c", AS_NPX, Deno.execPath()])
          : project.start(Deno.execPath(), ["task", "report"]);
        const run = await runThatMeasures(project.folder);
        assertEquals(await isRunning(run), true, "its tests are running");
        command.kill(signal === "under npx" ? "SIGTERM" : signal);
        const { code, output } = await ended(command);
        if (signal.startsWith("SIG") && signal !== "SIGKILL") {
          assert(code > 128, `${signal}: ${code}`);
          assertStringIncludes(output, `ended by ${signal}`);
        }
        await until(async () => !await isRunning(run), `${signal}: its tests are running still`);
      }
      await Deno.remove(`${project.folder}/spec/01_measures_test.ts`);
      assertEquals((await project.made()).files, before.files, "as it was");
      assertEquals((await project.report()).code, 0, "and nothing is in the way of a new one");
    }),
});

/** What npx does: a process of its name waits for Deno, and hands on no signal. */
const AS_NPX = `exec -a "npm exec" bash -c '"$0" task report; exit $?' "$0"`;

/** The id of a run once its first spec is at a claim. */
async function runThatMeasures(folder: string): Promise<string> {
  let run = "";
  await until(async () => {
    for await (const { name, isDirectory } of Deno.readDir(`${folder}/report/.evidence`)) {
      if (!isDirectory) continue;
      run = name;
      const note = `${folder}/report/.evidence/${name}/01_measures_test.running.json`;
      return await Deno.stat(note).then(() => true, () => false);
    }
    return false;
  }, "nothing was run");
  return run;
}

async function until(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (let i = 0; i < 1200; i++) {
    if (await isSo().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(otherwise);
}

/** Whether there is a process that has this among its arguments. */
async function isRunning(argument: string): Promise<boolean> {
  return (await call(".", "ps", ["-A", "-ww", "-o", "args="])).stdout.includes(argument);
}
