import { assertEquals } from "@std/assert";
import * as sample from "../../../report/testing/sample.ts";
import { failureLines } from "./failure_lines.ts";

const screen = { terminal: false, write: () => {} };

/** The lines for the sample question, changed. */
function lines(changed: Parameters<typeof sample.question>[0]): string[][] {
  return failureLines(sample.document([sample.question(changed)]).questions[0], screen);
}

Deno.test("a claim that fails says what was measured in the worst run, what was required, and how to rerun it", () => {
  const runs = [
    sample.run(),
    sample.run({ model: "rotary/2", verdict: "fails", evidence: { others: 0.123456, list: [1] } }),
    sample.control(),
  ];
  const reason = "on rotary/2, the others moved:\nexpected exactly 0, got 0.123456";
  const claim = sample.claim({ verdict: "fails", reason, runs });
  const problems = [`The standing "answered here" is not upheld: "mlp-is-local" fails: ${reason}`];
  assertEquals(lines({ verdict: "fails", claims: [claim], problems }), [[
    "fails: an MLP's output at one position ignores every other position (mlp-is-local)",
    '  measured: on rotary/2, {"others":0.1235,"list":[1]}',
    "  required: on rotary/2, the others moved:",
    "    expected exactly 0, got 0.123456",
    "  rerun:    deno test spec/10_mlp_moves_nothing_test.ts --filter " +
    '"/^an MLP.s output at one position ignores every other position/"',
  ]], "and the question does not say it again");
});

Deno.test("a control that held, and a run that was broken, are worse than what failed", () => {
  const failed = sample.run({ verdict: "fails" });
  const held = sample.control({ verdict: "holds", reason: undefined });
  const broken = sample.run({ model: "broken/1", verdict: "broken", evidence: null });
  const measured = (...runs: ReturnType<typeof sample.run>[]) =>
    lines({ verdict: "fails", claims: [sample.claim({ verdict: "fails", runs })] })[0][1];
  const under = 'gpt under "an MLP that mixes in its left neighbour"';
  assertEquals(measured(failed, held), `  measured: on ${under}, {"others":0.0123,"self":1.25}`);
  assertEquals(measured(failed, held, broken), "  measured: on broken/1, no evidence");
});

Deno.test("what is wrong with a question itself is said under its file", () => {
  assertEquals(lines({ verdict: "broken", problems: ["It threw:\nboom"] }), [[
    "broken: spec/10_mlp_moves_nothing_test.ts",
    "    It threw:",
    "    boom",
    "  rerun:    deno test spec/10_mlp_moves_nothing_test.ts",
  ]]);
  assertEquals(lines({}), [], "and nothing of one that stands");
});

Deno.test("a long reason and a long measurement are cut short", () => {
  const evidence = { list: Array.from({ length: 1000 }, (_, i) => i) };
  const runs = [sample.run({ verdict: "fails", evidence })];
  const claim = sample.claim({ verdict: "fails", reason: "line\n".repeat(40).trim(), runs });
  const [[, measured, ...rest]] = lines({ verdict: "fails", claims: [claim] });
  assertEquals([measured.length, measured.at(-1)], ["  measured: ".length + 200, "…"]);
  assertEquals(rest.length, 14, "twelve lines, that there are more, and how to rerun it");
});
