import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { QuestionRecord } from "../claims/mod.ts";
import { reconcile, type Traces } from "./reconcile.ts";
import * as sample from "./testing/sample.ts";

const TEN = "spec/10_mlp_moves_nothing_test.ts";
const ONE = "spec/01_earlier_tokens_test.ts";

const one = sample.question({ file: ONE, number: 1, question: "Are they trivial?" });
const ten = sample.question();

/** What JUnit says of the test of an answer, up to its question. */
const ANSWER = '<testcase name="the answer to: ';

/** JUnit as a run of these questions leaves it, with the claims of one failed. */
function junitOf(questions: readonly QuestionRecord[], failed?: QuestionRecord): string {
  const suites = questions.map((asked) => {
    const failure = asked === failed ? '<failure message="no">no</failure>' : "";
    const cases = asked.claims.map(({ statement }) =>
      `<testcase name="${statement}" time="0">${failure}</testcase>`
    );
    const answer = `${ANSWER}${asked.question}" time="0"></testcase>`;
    return `<testsuite name="./${asked.file}" tests="9">${cases.join("")}${answer}</testsuite>`;
  });
  return `<testsuites name="deno test">${suites.join("")}</testsuites>`;
}

/** The traces of a sound run of both questions, with what is given changed. */
function traces(changed: Partial<Traces> = {}): Traces {
  return {
    run: sample.RUN_ID,
    files: [ONE, TEN],
    evidence: evidenceOf(one, ten),
    junit: junitOf([one, ten]),
    code: 0,
    errors: new Map(),
    cuts: new Map(),
    output: "",
    ...changed,
  };
}

function evidenceOf(...questions: readonly QuestionRecord[]): Map<string, string> {
  return new Map(questions.map((question) => [
    question.file.replace("spec/", "").replace(".ts", ".json"),
    JSON.stringify(question),
  ]));
}

/** Asserts that question 1 is broken for a reason, that 10 is not, and that nothing is green. */
function assertOneBroken(changed: Partial<Traces>, reason: string): void {
  const found = reconcile(traces({ code: 1, ...changed }));
  const [first, second] = found.questions;
  assertEquals(first.file, ONE, "every spec file has a question");
  assertEquals(first.verdict, "broken", "the first question");
  assertStringIncludes(first.problems.join("\n"), reason);
  assertEquals(second.verdict, "holds", "a question is not harmed by its neighbour");
  assert(!sample.document(found.questions).stands, "the document must not stand");
}

Deno.test("a sound run is believed as it is", () => {
  const { questions, problems } = reconcile(traces());
  assertEquals(problems, [], "nothing is wrong with the run");
  const { run: _, ...expected } = one;
  assertEquals(questions[0], expected, "the question is as its evidence says");
  assert(sample.document(questions).stands, "the document stands");
});

/** The first question with its claim failed, in its evidence and by its only run. */
const runs = [sample.run({ verdict: "fails", asExpected: false })];
const fallen: QuestionRecord = {
  ...one,
  verdict: "fails",
  claims: [sample.claim({ verdict: "fails", runs })],
};
const empty = { ...one, claims: [] };

/** Why the first question is broken, and by which traces. */
const BROKEN: Readonly<Record<string, [changed: Partial<Traces>, reason: string]>> = {
  "a spec that threw while loading": [
    {
      evidence: evidenceOf(ten),
      junit: junitOf([ten]),
      errors: new Map([[ONE, "Error: no such fixture\n    at x:1:1"]]),
    },
    "It threw while loading: Error: no such fixture\n    at x:1:1",
  ],
  "a spec that registered nothing though the run passed": [
    { evidence: evidenceOf(ten), junit: junitOf([ten]), code: 0 },
    "It registered no test",
  ],
  "evidence without test results, which was cut short": [
    { junit: junitOf([ten]) },
    "the test results do not mention it",
  ],
  "evidence of a claim that no test ran": [
    { junit: junitOf([empty, ten]) },
    "do not mention the claim mlp-is-local",
  ],
  "evidence that says holds where a test failed": [
    { junit: junitOf([one, ten], one) },
    "Its evidence says holds, but these tests failed: an MLP's output",
  ],
  "evidence that says fails where every test passed": [
    { evidence: evidenceOf(fallen, ten) },
    "but all of its tests passed",
  ],
  "evidence that contradicts itself": [
    { evidence: evidenceOf(empty, ten), junit: junitOf([empty, ten]) },
    "no claim",
  ],
  "a spec that asks two questions": [
    { junit: junitOf([one, ten]).replace(ANSWER, `${ANSWER}what?" time="0"></testcase>${ANSWER}`) },
    "this one asks 2",
  ],
  "an error after the tests, which good evidence does not hide": [
    { errors: new Map([[ONE, "Error: late"]]) },
    "It left evidence and then threw: Error: late",
  ],
};

for (const [what, [changed, reason]] of Object.entries(BROKEN)) {
  Deno.test(`broken: ${what}`, () => assertOneBroken(changed, reason));
}

Deno.test("a spec whose evidence is missing, stale, cut short or malformed is broken", () => {
  const name = "01_earlier_tokens_test.json";
  const text = JSON.stringify(one);
  const cases: [string | undefined, string][] = [
    [undefined, "left no evidence of this run"],
    [JSON.stringify({ ...one, run: "yesterday" }), "written by another run"],
    [text.slice(0, -20), "may have been cut short"],
    ["", "it is empty"],
    ['{"run": "sample-run"}', "not well formed: number is missing"],
    [JSON.stringify(ten), `about ${TEN}`],
  ];
  for (const [evidence, reason] of cases) {
    const folder = evidenceOf(ten);
    if (evidence !== undefined) folder.set(name, evidence);
    assertOneBroken({ evidence: folder, code: 0 }, reason);
  }
});

Deno.test("a claim that fails and whose test failed is a failure and not broken", () => {
  const { questions, problems } = reconcile(traces({
    files: [ONE],
    evidence: evidenceOf(fallen),
    junit: junitOf([fallen], fallen),
    code: 1,
  }));
  assertEquals(questions[0].verdict, "fails", "its own verdict");
  assertEquals(problems, [], "and the run was sound");
});

Deno.test("a spec that was cut short is broken, with or without evidence, and says what it was at", () => {
  const cuts = new Map([[ONE, "It was ended by SIGKILL before it was done"]]);
  const note = JSON.stringify({ claim: "mlp-is-local", statement: "", step: "gpt", at: "" });
  const cases: [Map<string, string>, string][] = [
    [evidenceOf(ten), `${cuts.get(ONE)}`],
    [evidenceOf(one, ten), `It left evidence and then: ${cuts.get(ONE)}`],
    [
      evidenceOf(ten).set("01_earlier_tokens_test.running.json", note),
      `${cuts.get(ONE)}. It was at the claim mlp-is-local: gpt`,
    ],
    [
      evidenceOf(ten).set("01_earlier_tokens_test.running.json", note.slice(9)),
      `${cuts.get(ONE)}`,
    ],
  ];
  for (const [evidence, why] of cases) {
    const changed = { evidence, cuts, junit: junitOf([ten]), code: 137 };
    assertOneBroken(changed, why);
    const { questions, problems } = reconcile(traces(changed));
    assertEquals(questions[0].problems, [why]);
    assertEquals(problems, [], "the note itself is no stray");
  }
});

Deno.test("test results that were cut short say so at the top", () => {
  const { problems } = reconcile(traces({ junit: junitOf([one, ten]).slice(0, -30) }));
  assertEquals(problems, ["The test results were cut short."], "the run");
});

Deno.test("a run that fails though every question stands says so, without times", () => {
  const { questions, problems } = reconcile(traces({
    code: 1,
    output: "error: Leaks detected (12ms)\n",
  }));
  assertEquals(questions.map((question) => question.verdict), ["holds", "holds"], "both stand");
  assertEquals(problems, [
    "deno test failed (exit code 1) though every question stands:\nerror: Leaks detected",
  ], "the run does not");
  assert(!sample.document(questions, { problems }).stands, "nor does the document");
});

Deno.test("evidence for no spec file is reported", () => {
  const evidence = evidenceOf(one, ten).set("99_gone_test.json", "{}").set("a.tmp", "");
  assertEquals(reconcile(traces({ evidence })).problems, [
    "There is evidence for no spec file: 99_gone_test.json.",
    "There is evidence for no spec file: a.tmp.",
  ], "in the order of their names");
});

Deno.test("a run of nothing says so", () => {
  const { questions, problems } = reconcile(traces({
    files: [],
    evidence: new Map(),
    junit: "<testsuites></testsuites>",
  }));
  assertEquals(questions, [], "no question");
  assertEquals(problems, ["There is no spec file: nothing was checked."], "and no silence");
});

Deno.test("library files in the test results are of no account, other specs are", () => {
  const more = (file: string) => `<testsuite name="./${file}" tests="0"></testsuite></testsuites>`;
  const withFile = (file: string) =>
    reconcile(traces({ junit: junitOf([one, ten]).replace("</testsuites>", more(file)) })).problems;
  assertEquals(withFile("lib/claims/question.ts"), [], "steps are filed under their helper");
  assertEquals(withFile("spec/02_b_test.ts"), [
    "The test results mention a file that was not asked for: spec/02_b_test.ts.",
  ], "a spec that nobody asked for");
});
