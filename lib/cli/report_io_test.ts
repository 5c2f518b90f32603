import { delimiter, dirname } from "node:path";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { call } from "../claims/testing/call.ts";
import { measuring, SOUND_SPEC as SOUND } from "../claims/testing/project.ts";
import { violations } from "../report/mod.ts";
import { Project, verdicts } from "./testing/project.ts";

const FAILS = SOUND.replace("assertEquals(at, 0,", "assertEquals(at, 2,");
const BLIND = SOUND.replace(/check: .*/, "check: () => {},");

/** What `deno test` says of errors. */
const LIKE_AN_ERROR =
  "\\n ERRORS \\n\\n./spec/07_lines_test.ts (uncaught error)\\nerror: boom\\n\\n" +
  " FAILURES \\n\\n./spec/07_lines_test.ts (uncaught error)\\n\\n" +
  "./spec/07_lines_test.ts => nothing ... FAILED (1ms)";

Deno.test("a spec that stands becomes a report that stands, the same bytes twice", () =>
  Project.empty(async (project) => {
    await project.write({ "07_lines_test.ts": SOUND });
    const first = await project.report("--no-times");
    assertEquals(first.code, 0, first.output);
    assertEquals(violations(first.answers), [], "as the schema says");
    assertEquals(verdicts(first.answers), { "spec/07_lines_test.ts": "holds" }, "its verdict");
    const { "answers.schema.json": _, ...renderings } = first.files;
    const names = ["07-lines.html", "answers.json", "answers.md", "index.html"];
    assertEquals(Object.keys(renderings).sort(), names, "and nothing else");
    for (const text of Object.values(renderings)) {
      assertStringIncludes(text, "Do lines go through zero?");
    }
    assertMatch(first.output, /^ok {5}07 lines +2\/2 +\d+ s$/m, "when it is done");
    assertMatch(
      first.output,
      /^✓ {2}7 Do lines go through zero\? +holds +\d\.\d s$/m,
      "at the end",
    );
    const second = await project.report("--no-times");
    assertEquals(second.files, first.files, "the same commit gives the same bytes");
    const quiet = await project.report("--quiet");
    assertMatch(quiet.output, /^Every claim stands: .*\n$/, "nothing but the last line");
    const timed = await project.report();
    assert(timed.answers.seconds > 0 && timed.answers.date, "and times where they are wanted");
  }));

Deno.test("whatever can be wrong with a spec is in the report, beside what stands", () =>
  Project.empty(async (project) => {
    await project.write({
      "01_fails_test.ts": FAILS,
      "02_blind_test.ts": BLIND,
      "03_throws_test.ts": `throw new Error("no such fixture");`,
      "04_empty_test.ts": "export {};",
      "05_twice_test.ts": SOUND + SOUND.replaceAll(/import .*/g, ""),
      "06_prose_test.ts": SOUND.replace("A line that", "3 lines that"),
      "07_lines_test.ts": measuring(
        `console.log("${LIKE_AN_ERROR}"); console.error("${LIKE_AN_ERROR}")`,
      ),
      "08_throws_later_test.ts":
        `${SOUND}\naddEventListener("unload", () => { throw new Error("too late"); });`,
      "09_exits_test.ts": `Deno.exit(0);\n${SOUND}`,
      "10_exits_at_once_test.ts": "Deno.exit(0);",
      "11_exits_test.ts": measuring("Deno.exit(0)"),
    });
    const forced = { FORCE_COLOR: "1", CLICOLOR_FORCE: "1" };
    const { code, output } = await project.call(Deno.execPath(), ["task", "report"], forced);
    const { files, answers } = await project.made();
    assertEquals(code, 1, output);
    assertEquals(verdicts(answers), {
      "spec/01_fails_test.ts": "fails",
      "spec/02_blind_test.ts": "not trusted",
      "spec/03_throws_test.ts": "broken",
      "spec/04_empty_test.ts": "broken",
      "spec/05_twice_test.ts": "broken",
      "spec/06_prose_test.ts": "broken",
      "spec/07_lines_test.ts": "holds",
      "spec/08_throws_later_test.ts": "broken",
      "spec/09_exits_test.ts": "broken",
      "spec/10_exits_at_once_test.ts": "broken",
      "spec/11_exits_test.ts": "broken",
    }, "each file has its verdict");
    assertEquals(violations(answers), [], "as the schema says");
    const pages = Object.keys(files).filter((name) => name.endsWith(".html"));
    for (const text of [pages.map((name) => files[name]).join(), files["answers.md"], output]) {
      assertStringIncludes(text, "It threw while loading: Error: no such fixture");
      assertStringIncludes(text, "It registered no test");
      assertStringIncludes(text, "asks a second");
      assertStringIncludes(text, "It left evidence and then threw: Error: too late");
      assertStringIncludes(text, "Deno.exit was called at spec/09_exits_test.ts:1");
    }
    assertMatch(output, /^FAILED 01 fails +2\/2 /m);
    assertStringIncludes(output, "fails: a line goes through zero (through-zero)");
    assertStringIncludes(files["index.html"], "Not everything stands.");
    assert(!output.includes("file:///"), `paths are from the project's folder: ${output}`);
    assertEquals(output.match(/.* nothing.*/), null, "what a measure prints is no test");
    for (const text of Object.values(files)) assert(!text.includes("\x1b"), "no colours");
  }));

Deno.test("a claim that fails is told with what was measured and required, and its line runs it again", () =>
  Project.empty(async (project) => {
    await project.write({ "01_fails_test.ts": FAILS });
    const { code, output } = await project.report("--quiet");
    assertEquals(code, 1, output);
    const [told, measured, required, ...rest] = output.split("\n");
    assertEquals(told, "fails: a line goes through zero (through-zero)");
    assertEquals(measured, '  measured: on one, {"at":0}');
    assertStringIncludes(
      required,
      "  required: on one, Values are not equal: it must be zero at zero",
    );
    const line = rest.find((line) => line.startsWith("  rerun: "))!.replace("  rerun:    ", "");
    const path = [dirname(Deno.execPath()), Deno.env.get("PATH")].join(delimiter);
    // The copy lacks what no claim here needs, and types do.
    const unchecked = line.replace("deno test", "deno test --no-check");
    const again = await call(project.folder, "bash", ["-c", unchecked], { PATH: path });
    assertStringIncludes(again.output, "| 0 passed (", again.output);
    assertStringIncludes(again.output, "| 1 failed (");
    assertStringIncludes(again.output, "2 filtered out", "and runs no other");
  }));

Deno.test("a spec file is one by its folder, whatever its name, and nothing else there is a test", () =>
  Project.empty(async (project) => {
    const sound = ["05_b", "100_a", "50_a"];
    const strange = [".06_a", "014_a", "5_a", "_07_a", "a", "a (b) => c#d%20e, 'f'", "08"];
    const both = (names: string[]) => names.map((name) => [`${name}_test.ts`, SOUND]);
    await project.write(Object.fromEntries([...both(sound), ...both(strange)]));
    await project.write({ "99_fails_test.ts": FAILS, "60_a.test.ts": SOUND, "61_a_test.js": "" });
    await Deno.symlink("50_a_test.ts", `${project.folder}/spec/62_link_test.ts`);
    await Deno.mkdir(`${project.folder}/spec/63_helpers`);
    await project.write({ "63_helpers/help.ts": "", "63_helpers/help_test.ts": "" });
    await Deno.writeTextFile(`${project.folder}/lib/unlisted_test.ts`, "");
    const { code, output, answers } = await project.report();
    assertEquals(code, 1, output);
    const expected = [
      ...sound.map((name) => [`spec/${name}_test.ts`, "holds"]),
      ...strange.map((name) => [`spec/${name}_test.ts`, "broken"]),
      ["spec/99_fails_test.ts", "fails"],
    ];
    assertEquals(verdicts(answers), Object.fromEntries(expected), output);
    for (const { file, problems } of answers.questions) {
      const name = file.slice("spec/".length, -"_test.ts".length);
      const strangely = strange.includes(name);
      assertEquals(problems.join().includes(`got ${file}`), strangely, `${file}: ${problems}`);
    }
    const no = (file: string, what = "a file of spec/ whose name ends in _test.ts") =>
      `deno test runs ${file}, which is no spec file: that is ${what}.`;
    assertEquals(answers.problems, [
      no("spec/60_a.test.ts"),
      no("spec/61_a_test.js"),
      no("spec/62_link_test.ts", "the file itself, not a link to it"),
      no("spec/63_helpers/help_test.ts"),
      "Two spec files have the number 5.",
      "lib/gathered_tests.ts does not list ./unlisted_test.ts: run deno task tests",
    ]);
  }));

Deno.test("a file that cannot be parsed takes no other with it", () =>
  Project.empty(async (project) => {
    await project.write({ "01_typo_test.ts": "const x = = 1;", "07_lines_test.ts": SOUND });
    const { code, output, answers } = await project.report();
    assertEquals(code, 1, output);
    assertEquals(verdicts(answers), {
      "spec/01_typo_test.ts": "broken",
      "spec/07_lines_test.ts": "holds",
    }, "only the one with the typo");
    assertMatch(
      answers.questions[0].problems[0],
      /^It threw while loading: error: .*Expression expected/,
    );
  }));

Deno.test("a part of the spec says that it is one, and a wrong call leaves the report alone", () =>
  Project.empty(async (project) => {
    await project.write({ "07_lines_test.ts": SOUND, "08_fails_test.ts": FAILS });
    const part = await project.report("spec/07_lines_test.ts");
    assertEquals(part.code, 0, part.output);
    assertEquals(part.answers.complete, false, "it is not the whole");
    for (const text of [part.files["index.html"], part.files["answers.md"], part.output]) {
      assertStringIncludes(text, "This is a part of the spec: 1 of 2 spec files were run.");
    }
    for (
      const [args, expected] of [[["--help"], 0], [["--filter=x"], 2], [["spec/99.ts"], 2]] as const
    ) {
      const { code, output, files } = await project.report(...args);
      assertEquals(code, expected, output);
      assertEquals(files, part.files, "the report that is there is left as it was");
    }
  }));

Deno.test("a project without specs has a report that does not stand", () =>
  Project.empty(async (project) => {
    const { code, output, answers } = await project.report();
    assertEquals(code, 1, output);
    assertEquals(answers.problems, ["There is no spec file: nothing was checked."], "and says why");
  }));

Deno.test("of two reports at once the second is told to wait, and the first is whole", () =>
  Project.empty(async (project) => {
    await project.write({ "07_lines_test.ts": SOUND });
    const made = await Promise.all([project.report(), project.report()]);
    const [first, second] = made.toSorted((a, b) => a.code - b.code);
    assertEquals([first.code, second.code], [0, 2], first.output + second.output);
    assertStringIncludes(second.output, "another report is being made in report/");
    assertStringIncludes(first.files["index.html"], "Do lines go through zero?");
    assertEquals((await project.report()).code, 0, "and later there is nothing to wait for");
  }));
