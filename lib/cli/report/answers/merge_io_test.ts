import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { SOUND_SPEC as SOUND } from "../../../claims/testing/project.ts";
import { Project } from "../../testing/project.ts";

/** Runs one spec file and keeps what it came to. */
async function shard(project: Project, spec: string, ...args: string[]): Promise<string> {
  const { files } = await project.report(spec, ...args);
  const path = `${spec.replace(/\W/g, "-")}.json`;
  await Deno.writeTextFile(`${project.folder}/${path}`, files["answers.json"]);
  return path;
}

const [A, B] = ["spec/01_a_test.ts", "spec/02_b_test.ts"];
const SPECS = {
  "01_a_test.ts": SOUND,
  "02_b_test.ts": SOUND.replace("check: ({ at })", "check: ({ at }) "),
};

Deno.test("the parts of a report, merged, are that report to the byte", () =>
  Project.empty(async (project) => {
    await project.write(SPECS);
    const whole = await project.report("--no-times");
    const parts = [await shard(project, B, "--no-times"), await shard(project, A, "--no-times")];
    const merged = await project.report("--merge", ...parts);
    assertEquals([merged.code, merged.files], [0, whole.files], merged.output);
    assertMatch(
      merged.output,
      /^✓ {2}1 Do lines go through zero\? +holds +–$/m,
      "no times are made up",
    );
  }));

Deno.test("a missing part is said on every page, and in the terminal by its name", () =>
  Project.empty(async (project) => {
    await project.write(SPECS);
    const path = await shard(project, A);
    const { code, files, answers, output } = await project.report("--merge", path);
    assertEquals([code, answers.complete, answers.seconds > 0], [1, false, true], output);
    assertStringIncludes(output, `! None of what was merged has ${B}.`);
    for (const name of ["index.html", "01-a.html", "answers.md"]) {
      assertStringIncludes(files[name], "This is a part of the spec: 1 of 2 spec files were run.");
    }
    const gone = await project.report("--merge", path, "gone.json");
    assertEquals([gone.code, gone.files], [2, files], "the report that is there is left as it was");
    assertEquals(gone.output, "Cannot read gone.json: there is no such file\n");
    await project.write({ "02_b_test.ts": SOUND });
    const other = await project.report("--merge", path);
    assertMatch(other.output, /^Cannot merge .*: it must be of the spec as it is here, version /);
  }));
