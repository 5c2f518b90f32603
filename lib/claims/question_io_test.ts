import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { QuestionRecord } from "./record.ts";
import { call } from "./testing/call.ts";
import { inProject, SOUND_SPEC } from "./testing/project.ts";

/** What a spec needs of this project. */
const PARTS = ["lib/claims", "lib/model", "lib/onnx", "lib/std", "lib/tensor", "deno.json"];

/** The one spec of most tests. */
const FILE = "07_lines_test.ts";

/** With these a run leaves records. */
const MAY_WRITE = ["--allow-read=report", "--allow-write=report", "--", "--run-id=run-1"];

interface Result {
  readonly success: boolean;
  readonly output: string;
  /** What was written, by file name. */
  readonly written: Record<string, QuestionRecord>;
}

/** Runs specs, or the sound one with some of its text replaced, in a project of their own. */
function runSpecs(spec: string | Record<string, string>, ...args: string[]): Promise<Result> {
  return inProject(PARTS, async (cwd) => {
    const specs = typeof spec === "string" ? { [FILE]: spec } : spec;
    for (const [name, text] of Object.entries(specs)) {
      await Deno.writeTextFile(`${cwd}/spec/${name}`, text);
    }
    const test = ["test", "--no-lock", "--no-check", "--no-prompt", "spec/", ...args];
    const { code, output } = await call(cwd, Deno.execPath(), test);
    return {
      success: code === 0,
      output,
      written: await readRecords(`${cwd}/report/.evidence/run-1`),
    };
  });
}

async function readRecords(folder: string): Promise<Record<string, QuestionRecord>> {
  const records: Record<string, QuestionRecord> = {};
  try {
    for await (const { name } of Deno.readDir(folder)) {
      records[name] = JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return records;
}

Deno.test("a question becomes a test for each claim, and one for the answer", async () => {
  const { success, output, written } = await runSpecs(SOUND_SPEC);
  assert(success, output);
  const lines = [
    "a line goes through zero ...",
    "  one ... ok",
    "  random lines ... ok",
    "  must fail on: a lifted line ... ok",
    "a line misses zero ...",
    "  must hold on: a lifted line ... ok",
    "the answer to: Do lines go through zero? ... ok",
    "3 passed (5 steps)",
  ];
  for (const line of lines) assertStringIncludes(output, line);
  assertEquals(written, {}, "without permission and an id of the run, nothing is written");
});

Deno.test("the record is written whole, and nothing is left beside it, where that is allowed", async () => {
  const { success, output, written } = await runSpecs(SOUND_SPEC, ...MAY_WRITE);
  assert(success, output);
  assertEquals(Object.keys(written), ["07_lines_test.json"], "drafts are renamed, not left");
  const { run, file, number, verdict, parts, claims, problems } = written["07_lines_test.json"];
  assertEquals({ run, file, number, verdict, problems }, {
    run: "run-1",
    file: "spec/07_lines_test.ts",
    number: 7,
    verdict: "holds",
    problems: [],
  });
  assertStringIncludes(parts[0].paragraphs[0].text, "[0](#07-through-zero)");
  assertEquals(claims.map(({ id, runs }) => [id, runs.length]), [
    ["through-zero", 2 * (1 + 24)],
    ["misses-zero", 2],
  ]);
});

Deno.test("while something runs, a note beside the records says what", async () => {
  const note = "report/.evidence/run-1/07_lines_test.running.json";
  const spec = SOUND_SPEC.replace(
    "measure: ({ bias }) =>",
    `measure: ({ bias, slope }) => slope > 1 ? { at: bias } : console.log(Deno.readTextFileSync("${note}")) ??`,
  );
  const { success, output } = await runSpecs(spec, ...MAY_WRITE);
  assert(success, output);
  const said = '{"claim":"through-zero","statement":"a line goes through zero","claims":2,"step":"';
  for (const step of ["one", "must fail on: a lifted line"]) {
    assertMatch(output, new RegExp(`${said}${step}","at":"\\d{4}-[-:.\\dT]*Z"}`));
  }
});

Deno.test("permission alone, or an id alone, writes nothing and asks for nothing", async () => {
  for (const args of [MAY_WRITE.slice(0, 2), ["--", "--run-id=run-1"]]) {
    const { success, output, written } = await runSpecs(SOUND_SPEC, ...args);
    assert(success, output);
    assertEquals(written, {});
  }
});

Deno.test("an id of a run that leads out of the folder is refused", async () => {
  const args = [...MAY_WRITE.slice(0, -1), "--run-id=../run-1"];
  const { success, output, written } = await runSpecs(SOUND_SPEC, ...args);
  assertEquals(success, false);
  assertStringIncludes(output, 'Bad run id: it must be made of letters, digits, ".", "_" and "-"');
  assertEquals(written, {});
});

Deno.test("a step that comes out wrong fails its test and names claim, line, model and assertion", async () => {
  const spec = SOUND_SPEC.replace('on: [line("one"), lines()]', 'on: [line("bent", 1, 3)]');
  const { success, output, written } = await runSpecs(spec, ...MAY_WRITE);
  assertEquals(success, false);
  assertStringIncludes(output, "  bent ... FAILED");
  assertStringIncludes(
    output,
    'The claim "through-zero" at spec/07_lines_test.ts:12 fails: on bent,',
  );
  assertStringIncludes(output, "it must be zero at zero");
  assertMatch(output, /spec\/07_lines_test\.ts:17:\d+/, "the cause shows the line of the check");
  assertStringIncludes(output, 'The standing "answered here" is not upheld');
  assertEquals(
    written["07_lines_test.json"].verdict,
    "fails",
    "a failing question is recorded too",
  );
});

Deno.test("what is wrong with a spec fails it, and is recorded", async () => {
  const empty = `import { md, question } from "../lib/claims/mod.ts";
    question("Why?", { notes: "yes", standing: "confirmed" }, () => {});`;
  const forever = "measure: () => new Promise(() => {}), limit: 0.2";
  const measure = "measure: ({ bias }) => ({ at: bias })";
  const cases = [
    [
      SOUND_SPEC.replace('mustFailOn: { "a lifted line": lift }', "mustFailOn: {}"),
      "is broken: it has no control: mustFailOn must name at least one",
    ],
    [empty, "The question has no claim"],
    [SOUND_SPEC.replace("They do:", "All 12 do:"), 'A figure was typed into the answer: "12"'],
    [
      SOUND_SPEC.replace('"misses-zero"', '"through-zero"'),
      'Two claims have the id "through-zero"',
    ],
    [
      SOUND_SPEC.replace(" \${misses}", ""),
      'The answer never refers to the claim "misses-zero"',
    ],
    [
      SOUND_SPEC.replace(measure, forever),
      "is broken: on one, it took longer than the limit of 0.2 s, and was measuring",
    ],
    [
      SOUND_SPEC.replace(measure, "measure: () => Deno.exit(0)"),
      "is broken: on one, measuring threw Error: A test file must not end its process",
    ],
  ];
  const specs = cases.map(([spec], i) => [`${10 + i}_test.ts`, spec]);
  const { success, output, written } = await runSpecs(Object.fromEntries(specs), ...MAY_WRITE);
  assertEquals(success, false);
  for (const [i, [, reason]] of cases.entries()) {
    assertStringIncludes(output, reason);
    assertEquals(written[`${10 + i}_test.json`].verdict, "broken", reason);
  }
});

Deno.test("what is wrong with how a spec is written fails it while it is loaded, with the place", async () => {
  const line = "required one line of text without tabs or control characters, got";
  const again = SOUND_SPEC.slice(SOUND_SPEC.indexOf("question("));
  const cases = [
    [`Deno.exit(0);${SOUND_SPEC}`, "must not end its process: Deno.exit was called at HERE:1"],
    [`close();${SOUND_SPEC}`, "must not end its process: close was called at HERE:1"],
    [
      SOUND_SPEC + again,
      "A spec file asks one question: HERE:38 asks a second after that at line 7",
    ],
    [SOUND_SPEC.replace("go through zero?", "go\\nthrough?"), `Bad question at HERE:7: ${line}`],
    [SOUND_SPEC.replace("line misses", "line\\tmisses"), `Bad statement at HERE:27: ${line}`],
    [
      SOUND_SPEC.replace('"misses-zero"', '"misses\\n"'),
      "Bad id at HERE:27: required kebab-case, got",
    ],
    [SOUND_SPEC.replace('"misses-zero"', '"Not Kebab"'), "Bad id at HERE:27: required kebab-case"],
    [
      SOUND_SPEC.replace('[line("one")]', '[line("one"), line("one", 2)]'),
      'Bad name of a model at HERE:27: required one for each that it is about, got "one"',
    ],
    [
      SOUND_SPEC.replace("show:", "limit: 0, show:"),
      "Bad limit at HERE:12: required seconds above 0",
    ],
    [SOUND_SPEC.replace('"a lifted', '"a\\rlifted'), `Bad name of a control at HERE:12: ${line}`],
    [SOUND_SPEC.replace('line("one")', 'line("\\x1b[31mone")'), "Bad name of a model at HERE:12"],
    [
      SOUND_SPEC.replace('d line": lift', 'd line": { on: [line("o\\n")] }'),
      `Bad name of a model at HERE:12: ${line} "o\\n"`,
    ],
  ];
  const specs = cases.map(([spec], i) => [`${10 + i}_test.ts`, spec]);
  const { success, output } = await runSpecs(Object.fromEntries(specs));
  assertEquals(success, false);
  for (const [i, [, reason]] of cases.entries()) {
    assertStringIncludes(output, reason.replace("HERE", `spec/${10 + i}_test.ts`));
    assertStringIncludes(output, `Uncaught error from ./spec/${10 + i}_test.ts FAILED`);
  }
});

Deno.test("order and filters do not matter: whatever runs first, each claim runs once", async () => {
  const counted = SOUND_SPEC.replaceAll(
    "measure: ({ bias }) => ({ at: bias })",
    'measure: ({ bias }) => (console.log("measured"), { at: bias })',
  );
  const measured = (output: string) => output.split("measured").length - 1;
  const all = 2 * (1 + 24) + 2;
  for (const seed of [1, 2, 3]) {
    const { success, output } = await runSpecs(counted, `--shuffle=${seed}`);
    assert(success, output);
    assertEquals(measured(output), all);
  }
  const one = await runSpecs(counted, "--filter=a line misses zero");
  assert(one.success, one.output);
  assertEquals(measured(one.output), 2);
  const answer = await runSpecs(counted, "--filter=the answer to", ...MAY_WRITE);
  assertEquals(measured(answer.output), all);
  assertEquals(answer.written["07_lines_test.json"].verdict, "holds");
});
