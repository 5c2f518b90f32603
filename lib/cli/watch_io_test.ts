import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { call } from "../claims/testing/call.ts";
import { SOUND_SPEC as SOUND } from "../claims/testing/project.ts";
import { Project } from "./testing/project.ts";
import { watchCommand } from "./watch.ts";

const SPEC = "spec/07_lines_test.ts";
const WAITS = `Watching ${SPEC}: save, or end with Ctrl-C.`;
const RELOADS = '<meta http-equiv="refresh"';

/** Reads what a process prints until something was printed; what came after it is read next. */
function printed(process: Deno.ChildProcess): (what: string) => Promise<string> {
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return async (what) => {
    while (!text.includes(what)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`It ended before it said "${what}": ${text}`);
      text += value;
    }
    const end = text.indexOf(what) + what.length;
    const before = text.slice(0, end);
    text = text.slice(end);
    return before;
  };
}

Deno.test({
  name:
    "a question that is watched is answered again once it is saved, and its page reloads till the end",
  ignore: Deno.build.os === "windows", // It has no such signals.
  fn: () =>
    Project.quick(async (project) => {
      await project.write({ "07_lines_test.ts": SOUND, "08_other_test.ts": SOUND });
      const watching = project.start(Deno.execPath(), ["task", "watch", SPEC]);
      const said = printed(watching);
      assertStringIncludes(await said(WAITS), "Every claim stands");
      await project.write({ "08_other_test.ts": `${SOUND}\n` });
      await project.write({ "07_lines_test.ts": SOUND.replace("They do.", "They all do.") });
      const again = await said(WAITS);
      assertStringIncludes(again, `Saved: ${SPEC}\n`, "and not the other");
      const { files } = await project.made();
      assertStringIncludes(files["07-lines.html"], "They all do.");
      for (const page of ["07-lines.html", "index.html"]) {
        assert(files[page].includes(RELOADS), page);
      }

      await Deno.writeTextFile(`${project.folder}/lib/claims/explain.ts`, "\n", { append: true });
      await said("Saved: lib/claims/explain.ts");
      await project.write({ "07_lines_test.ts": SOUND.replace("They do.", "Every one does.") });
      await said(WAITS);
      const last = await project.made();
      assertStringIncludes(
        last.files["07-lines.html"],
        "Every one does.",
        "what is saved meanwhile",
      );

      watching.kill("SIGINT");
      const { code } = await watching.status;
      const ended = await new Response(watching.stderr).text();
      assertEquals(code, 130, ended);
      assertStringIncludes(
        ended,
        `No longer watching: ended by SIGINT. report/ is of ${SPEC} only.`,
      );
      const { stdout } = await call(".", "ps", ["-A", "-ww", "-o", "args="]);
      const [id] = /\w+$/.exec(basename(project.folder))!;
      assert(!stdout.includes(id), "nothing that it started is running");
      const left = (await project.made()).files;
      for (const page of ["07-lines.html", "index.html"]) {
        assert(!left[page].includes(RELOADS), page);
      }
      assertStringIncludes(
        left["07-lines.html"],
        "Every one does.",
        "but for that it is as it was",
      );
    }),
});

Deno.test({
  name: "what is saved of the library, and a file that was mended, is answered anew",
  ignore: Deno.build.os === "windows",
  fn: () =>
    Project.quick(async (project) => {
      await project.write({ "07_lines_test.ts": SOUND });
      const watching = project.start(Deno.execPath(), ["task", "watch", SPEC]);
      const said = printed(watching);
      const page = async () => {
        await said(WAITS);
        return (await project.made()).files["07-lines.html"];
      };
      assertStringIncludes(await page(), "one is added everywhere");

      const toy = `${project.folder}/lib/claims/testing/toy.ts`;
      const code = await Deno.readTextFile(toy);
      await Deno.writeTextFile(toy, code.replace("one is added", "one more is added"));
      assertStringIncludes(await page(), "one more is added everywhere");

      await project.write({ "07_lines_test.ts": "const x = = 1;" });
      assertMatch(await page(), /It threw while loading: .*Expression expected/);
      await project.write({ "07_lines_test.ts": SOUND.replace("They do.", "They do again.") });
      const mended = await page();
      assertStringIncludes(mended, "They do again.");
      assertStringIncludes(mended, "one more is added everywhere");

      watching.kill("SIGINT");
      const stderr = new Response(watching.stderr).text();
      assertEquals((await watching.status).code, 130, await stderr);
    }),
});

Deno.test("there must be something to watch", () =>
  Project.empty(async (project) => {
    await project.write({ "07_lines_test.ts": SOUND });
    const root = pathToFileURL(`${project.folder}/`);
    for (const args of [[], ["--merge", "a.json"]]) {
      let said = "";
      const write = (text: string) => void (said += text);
      const screen = { terminal: false, write };
      assertEquals(await watchCommand(args, { root, screen, complain: write }), 2, said);
      assertStringIncludes(said, "Nothing to watch: name a spec file");
    }
  }));
