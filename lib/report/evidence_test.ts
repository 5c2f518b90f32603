import { assertEquals, assertThrows } from "@std/assert";
import type { ClaimRecord, QuestionRecord } from "../claims/mod.ts";
import { contradictions, readEvidence } from "./evidence.ts";
import * as sample from "./testing/sample.ts";

const EXPECTED = { run: sample.RUN_ID, file: "spec/10_mlp_moves_nothing_test.ts" };

function claims(changed: Partial<ClaimRecord>): QuestionRecord {
  return sample.question({ claims: [sample.claim(changed)] });
}

Deno.test("evidence of this run about this file is read as it is", () => {
  const question = sample.question();
  assertEquals(readEvidence(JSON.stringify(question), EXPECTED), question, "nothing is changed");
});

Deno.test("evidence that is cut short at any point is refused", () => {
  const text = JSON.stringify(sample.question());
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
    [sample.question({ run: "yesterday" }), "written by another run"],
    [sample.question({ file: "spec/11_test.ts" }), "about spec/11_test.ts"],
    [null, "written by another run"],
    [[], "written by another run"],
    [
      { run: sample.RUN_ID },
      "number is missing; file is missing; question is missing; and 11 more",
    ],
    [{ ...sample.question(), short: 4 }, "short must be string, got 4"],
    [claims({ verdict: "fine" as "holds" }), "claims[0].verdict must be one of holds"],
    [claims({ runs: [{ ...sample.run(), seconds: -1 }] }), "seconds must be >= 0, got -1"],
  ];
  for (const [value, message] of cases) {
    assertThrows(() => readEvidence(JSON.stringify(value), EXPECTED), Error, message);
  }
});

Deno.test("sound evidence does not contradict itself", () => {
  const belief = claims({
    direction: "refuted",
    verdict: "refuted",
    runs: [sample.run({ verdict: "fails" }), sample.control({ verdict: "holds" })],
  });
  const failing = claims({
    verdict: "fails",
    runs: [sample.run({ verdict: "fails", asExpected: false }), sample.control()],
  });
  assertEquals(contradictions(sample.question()), [], "a claim that holds");
  assertEquals(contradictions({ ...belief, verdict: "refuted" }), [], "a belief refuted");
  assertEquals(
    contradictions({ ...failing, verdict: "fails", problems: ["not upheld"] }),
    [],
    "a failure that says so",
  );
});

Deno.test("a verdict that the runs do not bear out is a contradiction", () => {
  const held = sample.control({ verdict: "holds", asExpected: false });
  const lied = sample.control({ verdict: "holds" });
  const idle = sample.control({ verdict: "not applicable" });
  const { controls } = sample.claim();
  const second = { name: "a second", description: "" };
  const nothing = (control: string | undefined) =>
    `is not trusted: the control "${control}" applies to no model`;
  const cases: [Partial<ClaimRecord>, string][] = [
    [{ runs: [sample.run(), held] }, "is not trusted: it had to fail on gpt under the control"],
    [{ runs: [sample.run(), lied] }, "is not trusted: it had to fail on gpt under the control"],
    [{ runs: [sample.run()] }, nothing(lied.control)],
    [{ runs: [sample.run(), idle] }, nothing(lied.control)],
    [{ controls: [...controls, second] }, nothing("a second")],
    [{ controls: [] }, "is broken: it has no control"],
    [{ runs: [sample.control()] }, "is broken: it is about nothing"],
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
    { verdict: "holds", runs: [sample.run({ asExpected: false }), sample.control()] },
    { verdict: "fails", runs: [sample.run({ verdict: "fails" }), sample.control()] },
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
    [{ claims: [sample.claim(), sample.claim()] }, "two of its claims have the id mlp-is-local"],
    [{ problems: ["no"] }, "it says holds, but something in it does not stand"],
    [
      { verdict: "fails", claims: [sample.claim({ verdict: "broken" })] },
      "it says fails, but the worst of its claims says broken",
    ],
    [{ verdict: "fails" }, "it says fails, but the worst of its claims says holds"],
    [{ verdict: "refuted" }, "it says refuted, but the worst of its claims says holds"],
  ];
  for (const [changed, expected] of cases) {
    assertEquals(contradictions(sample.question(changed)), [expected], "the only contradiction");
  }
});

Deno.test("evidence without its models is refused, as is a run on one it does not introduce", () => {
  const { models: _, ...old } = sample.question();
  const expected = { run: old.run, file: old.file };
  assertThrows(() => readEvidence(JSON.stringify(old), expected), Error, "models is missing");
  assertEquals(contradictions(sample.question({ models: sample.question().models.slice(1) })), [
    "it ran on gpt and never says what that is",
  ]);
});
