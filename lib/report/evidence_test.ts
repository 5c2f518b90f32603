import { assertEquals, assertThrows } from "@std/assert";
import type { ClaimRecord, QuestionRecord } from "../claims/mod.ts";
import { contradictions, readEvidence } from "./evidence.ts";
import { RUN_ID, sampleClaim, sampleControl, sampleQuestion, sampleRun } from "./testing/sample.ts";

const EXPECTED = { run: RUN_ID, file: "spec/10_mlp_moves_nothing_test.ts" };

function claims(changed: Partial<ClaimRecord>): QuestionRecord {
  return sampleQuestion({ claims: [sampleClaim(changed)] });
}

Deno.test("evidence of this run about this file is read as it is", () => {
  const question = sampleQuestion();
  assertEquals(readEvidence(JSON.stringify(question), EXPECTED), question, "nothing is changed");
});

Deno.test("evidence that is cut short at any point is refused", () => {
  const text = JSON.stringify(sampleQuestion());
  for (const part of [0, 0.01, 0.5, 0.999]) {
    assertThrows(
      () => readEvidence(text.slice(0, Math.floor(text.length * part)), EXPECTED),
      Error,
      "not JSON and may have been cut short",
      `the first ${part} of it`,
    );
  }
});

Deno.test("evidence of another run, of another file, or of another shape is refused", () => {
  const cases: [unknown, string][] = [
    [sampleQuestion({ run: "yesterday" }), "written by another run"],
    [sampleQuestion({ file: "spec/11_test.ts" }), "about spec/11_test.ts"],
    [null, "written by another run"],
    [[], "written by another run"],
    [{ run: RUN_ID }, "number is missing; file is missing; question is missing; and 9 more"],
    [{ ...sampleQuestion(), answer: 4 }, "answer must be string, got 4"],
    [claims({ verdict: "fine" as "holds" }), "claims[0].verdict must be one of holds"],
    [claims({ runs: [{ ...sampleRun(), seconds: -1 }] }), "seconds must be >= 0, got -1"],
  ];
  for (const [value, message] of cases) {
    assertThrows(() => readEvidence(JSON.stringify(value), EXPECTED), Error, message);
  }
});

Deno.test("sound evidence does not contradict itself", () => {
  const belief = claims({
    direction: "refuted",
    verdict: "refuted",
    runs: [sampleRun({ verdict: "fails" }), sampleControl({ verdict: "holds" })],
  });
  const failing = claims({
    verdict: "fails",
    runs: [sampleRun({ verdict: "fails", asExpected: false }), sampleControl()],
  });
  assertEquals(contradictions(sampleQuestion()), [], "a claim that holds");
  assertEquals(contradictions({ ...belief, verdict: "refuted" }), [], "a belief refuted");
  assertEquals(
    contradictions({ ...failing, verdict: "fails", problems: ["not upheld"] }),
    [],
    "a failure that says so",
  );
});

Deno.test("a verdict that the runs do not bear out is a contradiction", () => {
  const held = sampleControl({ verdict: "holds", asExpected: false });
  const lied = sampleControl({ verdict: "holds" });
  const idle = sampleControl({ verdict: "not applicable" });
  const { controls } = sampleClaim();
  const second = { name: "a second", description: "" };
  const nothing = (control: string | undefined) =>
    `is not trusted: the control "${control}" applies to no model`;
  const cases: [Partial<ClaimRecord>, string][] = [
    [{ runs: [sampleRun(), held] }, "is not trusted: it had to fail on gpt under the control"],
    [{ runs: [sampleRun(), lied] }, "is not trusted: it had to fail on gpt under the control"],
    [{ runs: [sampleRun()] }, nothing(lied.control)],
    [{ runs: [sampleRun(), idle] }, nothing(lied.control)],
    [{ controls: [...controls, second] }, nothing("a second")],
    [{ controls: [] }, "is broken: it has no control"],
    [{ runs: [sampleControl()] }, "is broken: it is about nothing"],
    [{ direction: "refuted", verdict: "holds", runs: [] }, "is broken: it is about nothing"],
    [{ direction: "refuted" }, "is not trusted: it had to hold on gpt under the control"],
    [{ verdict: "refuted" }, "holds"],
    [{ verdict: "not applicable" }, "holds"],
    [{ verdict: "fails" }, "holds"],
  ];
  for (const [changed, fault] of cases) {
    const [found] = contradictions(claims(changed));
    const said = `mlp-is-local says ${changed.verdict ?? "holds"}, but by its runs it ${fault}`;
    assertEquals(found.slice(0, said.length), said, "the first contradiction");
  }
});

Deno.test("a run that is marked as it did not come out is a contradiction, either way", () => {
  const cases = [
    { verdict: "holds", runs: [sampleRun({ asExpected: false }), sampleControl()] },
    { verdict: "fails", runs: [sampleRun({ verdict: "fails" }), sampleControl()] },
  ] as const;
  for (const { verdict, runs } of cases) {
    const question = { ...claims({ verdict, runs }), verdict };
    assertEquals(contradictions(question), [
      "mlp-is-local says of its run on gpt what its verdict does not",
    ]);
  }
});

Deno.test("a question is no better than its claims, its problems and its name", () => {
  const cases: [Partial<QuestionRecord>, string][] = [
    [{ claims: [] }, "it makes no claim"],
    [{ number: 11 }, "it says that its number is 11, its name says 10"],
    [{ claims: [sampleClaim(), sampleClaim()] }, "two of its claims have the id mlp-is-local"],
    [{ problems: ["no"] }, "it says holds, but something in it does not stand"],
    [
      { verdict: "fails", claims: [sampleClaim({ verdict: "broken" })] },
      "it says fails, but the worst of its claims says broken",
    ],
    [{ verdict: "fails" }, "it says fails, but the worst of its claims says holds"],
    [{ verdict: "refuted" }, "it says refuted, but the worst of its claims says holds"],
  ];
  for (const [changed, expected] of cases) {
    assertEquals(contradictions(sampleQuestion(changed)), [expected], "the only contradiction");
  }
});

Deno.test("evidence without its models is refused, as is a run on one it does not introduce", () => {
  const { models: _, ...old } = sampleQuestion();
  const expected = { run: old.run, file: old.file };
  assertThrows(() => readEvidence(JSON.stringify(old), expected), Error, "models is missing");
  assertEquals(contradictions(sampleQuestion({ models: sampleQuestion().models.slice(1) })), [
    "it ran on gpt and never says what that is",
  ]);
});
