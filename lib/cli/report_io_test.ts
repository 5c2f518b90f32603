import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inProject as inFolder, SOUND_SPEC as SOUND } from "../claims/testing/project.ts";
import { violations } from "../report/mod.ts";

/** What `deno task report` needs of the project. */
const PARTS = [
  "lib/claims",
  "lib/cli",
  "lib/model",
  "lib/report",
  "lib/std",
  "lib/tensor",
  "deno.json",
  "deno.lock",
];

const FAILS = SOUND.replace("assertEquals(at, 0,", "assertEquals(at, 2,");
const BLIND = SOUND.replace(/check: .*/, "check: () => {},");

// deno-lint-ignore no-explicit-any
type Answers = any;

interface Made {
  readonly code: number;
  readonly output: string;
  /** Texts of the report's files, those that are there. */
  readonly files: Readonly<Record<string, string>>;
  readonly answers?: Answers;
}

interface Project {
  write(specs: Record<string, string>): Promise<void>;
  report(...args: string[]): Promise<Made>;
}

/** Runs with a project of its own, in a temporary place. */
function inProject(body: (project: Project) => Promise<void>): Promise<void> {
  return inFolder(PARTS, (folder) =>
    body({
      write: async (specs) => {
        for (const [name, text] of Object.entries(specs)) {
          await Deno.writeTextFile(`${folder}/spec/${name}`, text);
        }
      },
      report: (...args) => report(folder, args),
    }));
}

/** Calls the task from a folder within the project: where it is called must not matter. */
async function report(folder: string, args: readonly string[]): Promise<Made> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "report", ...args],
    cwd: `${folder}/lib`,
    env: { NO_COLOR: "1" },
  }).output();
  const output = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  const files: Record<string, string> = {};
  for (const name of ["answers.json", "answers.md", "index.html"]) {
    const text = await Deno.readTextFile(`${folder}/report/${name}`).catch(() => undefined);
    if (text !== undefined) files[name] = text;
  }
  const json = files["answers.json"];
  return { code, output, files, answers: json === undefined ? undefined : JSON.parse(json) };
}

/** Verdicts by file. */
function verdicts(answers: Answers): Record<string, string> {
  // deno-lint-ignore no-explicit-any
  return Object.fromEntries(answers.questions.map((q: any) => [q.file, q.verdict]));
}

Deno.test("a spec that stands becomes a report that stands, the same bytes twice", () =>
  inProject(async ({ write, report }) => {
    await write({ "07_lines_test.ts": SOUND });
    const first = await report("--no-times");
    assertEquals(first.code, 0, first.output);
    assertEquals(violations(first.answers), [], "as the schema says");
    assertEquals(verdicts(first.answers), { "spec/07_lines_test.ts": "holds" }, "its verdict");
    assertEquals(Object.keys(first.files).length, 3, "three renderings");
    for (const text of Object.values(first.files)) {
      assertStringIncludes(text, "Do lines go through zero?");
    }
    assertStringIncludes(first.output, "ok     spec/07_lines_test.ts: a line goes through zero");
    const second = await report("--no-times");
    assertEquals(second.files, first.files, "the same commit gives the same bytes");
    const timed = await report();
    assert(timed.answers.seconds > 0 && timed.answers.date, "and times where they are wanted");
  }));

Deno.test("whatever can be wrong with a spec is in the report, beside what stands", () =>
  inProject(async ({ write, report }) => {
    await write({
      "01_fails_test.ts": FAILS,
      "02_blind_test.ts": BLIND,
      "03_throws_test.ts": `throw new Error("no such fixture");`,
      "04_empty_test.ts": "export {};",
      "05_twice_test.ts": SOUND + SOUND.replaceAll(/import .*/g, ""),
      "06_prose_test.ts": SOUND.replace("A line that", "3 lines that"),
      "07_lines_test.ts": SOUND,
    });
    const { code, output, files, answers } = await report();
    assertEquals(code, 1, output);
    assertEquals(verdicts(answers), {
      "spec/01_fails_test.ts": "fails",
      "spec/02_blind_test.ts": "not trusted",
      "spec/03_throws_test.ts": "broken",
      "spec/04_empty_test.ts": "broken",
      "spec/05_twice_test.ts": "broken",
      "spec/06_prose_test.ts": "broken",
      "spec/07_lines_test.ts": "holds",
    }, "each file has its verdict");
    assertEquals(violations(answers), [], "as the schema says");
    for (const text of [files["index.html"], files["answers.md"], output]) {
      assertStringIncludes(text, "It threw while loading: Error: no such fixture");
      assertStringIncludes(text, "It registered no test");
      assertStringIncludes(text, "asks a second");
    }
    assertStringIncludes(output, "FAILED spec/01_fails_test.ts: a line goes through zero");
    assertStringIncludes(output, "fails: a line goes through zero (through-zero)");
    assertStringIncludes(files["index.html"], "Not everything stands.");
    assert(!output.includes("file:///"), `paths are from the project's folder: ${output}`);
  }));

Deno.test("a file that cannot be parsed takes no other with it", () =>
  inProject(async ({ write, report }) => {
    await write({ "01_typo_test.ts": "const x = = 1;", "07_lines_test.ts": SOUND });
    const { code, output, answers } = await report();
    assertEquals(code, 1, output);
    assertEquals(verdicts(answers), {
      "spec/01_typo_test.ts": "broken",
      "spec/07_lines_test.ts": "holds",
    }, "only the one with the typo");
    assertStringIncludes(answers.questions[0].problems[0], "Expression expected");
  }));

Deno.test("a part of the spec says that it is one, and a wrong call leaves the report alone", () =>
  inProject(async ({ write, report }) => {
    await write({ "07_lines_test.ts": SOUND, "08_fails_test.ts": FAILS });
    const part = await report("spec/07_lines_test.ts");
    assertEquals(part.code, 0, part.output);
    assertEquals(part.answers.complete, false, "it is not the whole");
    for (const text of [part.files["index.html"], part.files["answers.md"], part.output]) {
      assertStringIncludes(text, "This is a part of the spec: 1 of 2 spec files were run.");
    }
    for (
      const [args, expected] of [[["--help"], 0], [["--filter=x"], 2], [["spec/99.ts"], 2]] as const
    ) {
      const { code, output, files } = await report(...args);
      assertEquals(code, expected, output);
      assertEquals(files, part.files, "the report that is there is left as it was");
    }
  }));

Deno.test("a project without specs has a report that does not stand", () =>
  inProject(async ({ report }) => {
    const { code, output, answers } = await report();
    assertEquals(code, 1, output);
    assertEquals(answers.problems, ["There is no spec file: nothing was checked."], "and says why");
  }));

Deno.test("of two reports at once the second is told to wait, and the first is whole", () =>
  inProject(async ({ write, report }) => {
    await write({ "07_lines_test.ts": SOUND });
    const made = await Promise.all([report(), report()]);
    const [first, second] = made.toSorted((a, b) => a.code - b.code);
    assertEquals([first.code, second.code], [0, 2], first.output + second.output);
    assertStringIncludes(second.output, "another report is being made in report/");
    assertStringIncludes(first.files["index.html"], "Do lines go through zero?");
    assertEquals((await report()).code, 0, "and later there is nothing to wait for");
  }));
