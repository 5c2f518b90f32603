import { assertEquals, assertStringIncludes } from "@std/assert";
import { SOUND_SPEC as SOUND } from "../../../claims/testing/project.ts";
import { Project } from "../../testing/project.ts";

/** The same spec, with a first claim that applies to nobody. */
const IDLE = SOUND.replace("measure:", 'needs: () => "it is not asked",\n    measure:');

Deno.test("what has changed since another report is listed, and a worse verdict is an error", () =>
  Project.empty(async (project) => {
    await project.write({ "01_a_test.ts": SOUND, "02_b_test.ts": SOUND });
    await project.report();
    const same = await project.report("spec/01_a_test.ts", "--compare", "report/answers.json");
    assertEquals(same.code, 0, same.output);
    assertStringIncludes(
      same.output,
      "Compared with report/answers.json: 0 verdicts worse, 0 better, 0 new, 0 gone, " +
        "0 figures changed. Not asked this time: 1 of its questions.",
    );
    await project.write({ "01_a_test.ts": IDLE });
    const worse = await project.report("spec/01_a_test.ts", "--compare=report/answers.json");
    assertEquals(worse.code, 1, worse.output);
    assertStringIncludes(
      worse.output,
      "worse: spec/01_a_test.ts, through-zero: holds → not applicable",
    );
  }));
