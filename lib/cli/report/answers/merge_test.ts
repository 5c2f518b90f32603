import { assertEquals, assertThrows } from "@std/assert";
import * as sample from "../../../report/testing/sample.ts";
import type { Answers } from "./answers_file.ts";
import { merge } from "./merge.ts";

const [A, B, C] = ["a", "b", "c"].map((name, i) => `spec/0${i + 1}_${name}_test.ts`);
const here = { spec: "1234", files: [A, B, C] };

/** What one machine found. */
function shard(path: string, files: string[], changed: Partial<Answers> = {}) {
  const answers: Answers = {
    tool: { deno: "2.9.6", onnxruntime: "1.30.0", spec: "1234" },
    complete: false,
    problems: [],
    questions: files.map((file) => sample.question({ file })),
    ...changed,
  };
  return { path, answers };
}

Deno.test("what machines found is joined, and what none of them ran is named", () => {
  const timed = { date: "2026-01-02T00:00:00Z", seconds: 2, problems: ["It was killed."] };
  const late = { ...timed, date: "2026-01-03T00:00:00Z", seconds: 3 };
  const { questions, info, missing } = merge([
    shard("one.json", [B], late),
    shard("two.json", [A, B], timed),
  ], here);
  assertEquals(questions.map(({ file }) => file), [B, A], "each once");
  assertEquals([info.files, info.problems], [{ run: 2, found: 3 }, ["It was killed."]]);
  assertEquals(info.times, { date: late.date, seconds: 5 });
  assertEquals(missing, [C]);
  const untimed = merge([shard("one.json", [A], late), shard("two.json", [B])], here);
  assertEquals(untimed.info.times, undefined, "where one says no times there are none");
});

Deno.test("what does not belong together is refused: what, what was required, what was given", () => {
  const slow = sample.claim({ runs: [sample.run({ seconds: 9 })] });
  const quick = sample.claim({ runs: [sample.run({ seconds: 1 })] });
  const of = (claim: typeof slow) => ({
    questions: [sample.question({ file: A, claims: [claim] })],
  });
  const other = { ...slow, runs: [sample.run({ evidence: { others: 1 } })] };
  const tool = shard("", []).answers.tool;
  const cases: [ReturnType<typeof shard>, string][] = [
    [shard("two.json", [], of(other)), `two.json: of ${A}, one.json says something else`],
    [shard("two.json", ["spec/99_x_test.ts"]), "is about spec/99_x_test.ts, which is no spec file"],
    [shard("two.json", [B], { tool: { ...tool, deno: "2.9.5" } }), "got Deno 2.9.5, onnxruntime"],
    [shard("two.json", [B], { tool: { ...tool, spec: "99" } }), "version 1234, got 99"],
    [
      shard("two.json", [B], { tool: { ...tool, spec: undefined } }),
      "got one that says no version",
    ],
  ];
  for (const [two, message] of cases) {
    assertThrows(() => merge([shard("one.json", [], of(slow)), two], here), Error, message);
  }
  const both = [shard("one.json", [], of(slow)), shard("two.json", [], of(quick))];
  assertEquals(merge(both, here).questions.length, 1, "times may differ");
});
