import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { call } from "../claims/testing/call.ts";
import { SOUND_SPEC as SOUND } from "../claims/testing/project.ts";
import { type Answers, Project } from "./testing/project.ts";
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

Deno.test({
  name: "a sentence that is saved has no claim asked again, and a claim that is saved itself alone",
  ignore: Deno.build.os === "windows",
  fn: () =>
    Project.quick(async (project) => {
      await Deno.mkdir(`${project.folder}/spec/07_lines`);
      let text = SOUND.replaceAll("({ at: bias })", "({ at: bias, drawn: Math.random() })");
      await project.write({ "07_lines_test.ts": text });
      const watching = project.start(Deno.execPath(), ["task", "watch", SPEC]);
      const said = printed(watching);
      const came = async () => {
        const told = await said(WAITS);
        const { files, answers: { questions: [question] } } = await project.made();
        return { told, page: files["07-lines.html"], ...question };
      };
      const save = async (...[from, to]: readonly [string, string]) => {
        assertStringIncludes(text, from);
        text = text.replace(from, to);
        await project.write({ "07_lines_test.ts": text });
        return await came();
      };
      const first = await came();
      assert(!first.told.includes("as before"), "all is asked at first");
      const prose = await save("  short`They do.", "\n  short`They all do.");
      assertStringIncludes(prose.page, "They all do.");
      assertStringIncludes(prose.told, `2 claims, 2 of them as before. ${WAITS}`);
      const lower = first.claims.map((claim: Answers) => ({ ...claim, line: claim.line + 1 }));
      assertEquals(prose.claims, lower, "to the last bit, a line further down");

      const fails = await save("(at, 0,", "(at, 2,");
      assertStringIncludes(fails.told, `2 claims, 1 of them as before. ${WAITS}`);
      assertEquals([fails.claims[0].verdict, fails.claims[1]], ["fails", lower[1]]);
      const again = await save("They all do.", "They do.");
      assertStringIncludes(again.told, "1 of them as before", "what fails is never kept");
      assertNotEquals(again.claims[0].runs, fails.claims[0].runs);
      const mended = await save("(at, 2,", "(at, 0,");
      assertEquals([mended.claims[0].verdict, mended.claims[1]], ["holds", lower[1]]);
      assertNotEquals(mended.claims[0].runs, prose.claims[0].runs);

      await project.write({ "08_other_test.ts": SOUND });
      const other = await save("They do.", "Yes.");
      assert(!other.told.includes("as before"), "another question may be imported");
      await project.write({ "07_lines/beside.ts": "" });
      const beside = await came();
      assert(!beside.told.includes("as before"), "anything else may change any of them");
      assertNotEquals(beside.claims[1].runs, other.claims[1].runs);

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
