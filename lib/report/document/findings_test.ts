import { assertEquals } from "@std/assert";
import * as sample from "../testing/sample.ts";
import { findings } from "./findings.ts";

const bounds = [
  { field: "others", what: "how far others moved", equals: 0 },
  { field: "self", what: "how far it moved itself", above: 0.5, below: 9 },
];

Deno.test("what missed its bound is said, and else all that was measured", () => {
  const missed = sample.run({ verdict: "fails", reason: "x", evidence: { others: 0.25, self: 1 } });
  const said = (runs = [sample.run()]) => findings(sample.claim({ bounds, runs }));
  assertEquals(said([missed]), ["how far others moved: 0.25, must be exactly 0"]);
  assertEquals(said(), [
    "how far others moved: 0, must be exactly 0",
    "how far it moved itself: 1.25, must be above 0.5 and below 9",
  ]);
});

Deno.test("what the same models gave before they were broken stands beside it, where it differs", () => {
  const runs = [sample.run({ model: "a", evidence: { others: 0, self: 3 } })];
  const before = [
    sample.run({ model: "a", evidence: { others: 0, self: 1.5 } }),
    sample.run({ model: "not asked of this time", evidence: { others: 7, self: 7 } }),
  ];
  assertEquals(findings(sample.claim({ bounds, runs }), before), [
    "how far others moved: 0, must be exactly 0",
    "how far it moved itself: 3 (unbroken: 1.5), must be above 0.5 and below 9",
  ]);
});

Deno.test("where the check failed of itself, its first line comes first", () => {
  const failed = sample.run({ verdict: "fails", reason: "no two are alike\n\n  [Diff]" });
  assertEquals(findings(sample.claim({ runs: [failed], quoted: "self" })), [
    "no two are alike",
    "self: 1.25",
  ]);
});

Deno.test("a belief's bounds are not what must be", () => {
  const runs = [sample.run({ verdict: "fails", evidence: { others: 3, self: 1 } })];
  assertEquals(findings(sample.claim({ bounds, runs, direction: "refuted" })), [
    "how far others moved: 3, the belief has it exactly 0",
  ]);
});

Deno.test("it says which model a number is of, and of many how many there are", () => {
  const of = (values: readonly number[]) =>
    values.map((others, i) => sample.run({ model: "abcd"[i], evidence: { others, self: 1 } }));
  const said = (values: readonly number[]) =>
    findings(sample.claim({ bounds: bounds.slice(0, 1), runs: of(values) }), of([0, 0, 0, 0]))[0];
  const [start, end] = ["how far others moved:", ", must be exactly 0"];
  assertEquals(said([2]), `${start} 2 (unbroken: 0)${end}`);
  assertEquals(said([2, 0]), `${start} 2 (unbroken: 0) on a, 0 on b${end}`);
  assertEquals(
    said([2, 0, 1, 3]),
    `${start} 0 to 3 (unbroken: 0) on 4 models${end}, missed on 3 of them`,
  );
});
