import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { SOUND_SPEC as SOUND } from "../claims/testing/project.ts";
import { Project } from "./testing/project.ts";

const SPEC = "07_lines_test.ts";

Deno.test("a site is the report, with whole addresses where it is told them", () =>
  Project.empty(async (project) => {
    await project.write({ [SPEC]: SOUND });
    await project.report("--no-times");
    const site = (...args: string[]) => project.call(Deno.execPath(), ["task", "site", ...args]);
    const read = (path: string) => Deno.readTextFile(`${project.folder}/site/${path}`);

    const { code, output } = await site();
    assertEquals(code, 0, output);
    const page = await read("07-lines.html");
    assertStringIncludes(page, `href="live/${SPEC}.txt`);
    assertEquals(await read(`live/${SPEC}.txt`), SOUND, "the spec file lies beside the pages");
    assert(!page.includes("../"), "nothing leads out of the site");

    const source = "https://example.org/blob/main/";
    await site("--base=https://example.org/answers", `--source=${source}`);
    const told = await read("07-lines.html");
    assertStringIncludes(told, `href="${source}spec/${SPEC}`);
    assertStringIncludes(told, `content="https://example.org/answers/previews/`);
    assertStringIncludes(await read("answers.md"), `](${source}spec/${SPEC})`);
  }));

Deno.test("no site is made of a report that is a part, does not stand or is not there", () =>
  Project.empty(async (project) => {
    const refused = async (...args: string[]) => {
      const { code, output } = await project.call(Deno.execPath(), ["task", "site", ...args]);
      assertEquals(code, 2, output);
      return output;
    };
    assertStringIncludes(await refused(), "Cannot read report/answers.json: there is no such file");
    await project.write({ [SPEC]: SOUND, "08_more_test.ts": SOUND });
    await project.report(`spec/${SPEC}`);
    assertStringIncludes(await refused(), "must be of every spec file, and must stand");
    assertStringIncludes(await refused("--base=javascript:alert(1)"), "Bad --base");
    assertStringIncludes(await refused("--bas=x"), 'There is no option "bas"');
  }));
