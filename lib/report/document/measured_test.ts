import { assertEquals } from "@std/assert";
import type { Json } from "../../claims/mod.ts";
import * as sample from "../testing/sample.ts";
import { measured } from "./measured.ts";

const THIRTEEN = Array.from({ length: 13 }, (_, i) => i);

Deno.test("what runs measured becomes a value, a list or a range for each field", () => {
  const cases: [why: string, evidence: Json[], fields: Record<string, string>][] = [
    [
      "equal values are one value",
      [{ others: 0, self: 0.5 }, { others: 0, self: 2 }],
      { others: "0", self: "0.5 to 2" },
    ],
    [
      "a long list becomes its range and its size, however deep its numbers lie",
      [{ loss: THIRTEEN, grid: Array(7).fill([2, 3]) }],
      { loss: "0 to 12 (13 numbers)", grid: "2 to 3 (14 numbers)" },
    ],
    [
      "objects are opened two levels deep; the third is left to the evidence itself",
      [{ loss: { first: 4, deep: { x: 1 } } }],
      { "loss.first": "4", "loss.deep": "see the evidence" },
    ],
    ["evidence that is one value has the name value", [3, 5], { value: "3 to 5" }],
    ["different strings once each", ["a", "b", "a"], { value: "a; b" }],
    ["many are counted", ["a", "b", "c", "d"], { value: "4 different values" }],
    ["nothing measured is nothing", [null, null], {}],
    ["a short list is shown whole", [[3, 7, 480]], { value: "[3, 7, 480]" }],
    ["two runs that agree", [[3, 7], [3, 7]], { value: "[3, 7]" }],
    ["two that do not", [[3, 7], [3, 9]], { value: "[3, 7]; [3, 9]" }],
    ["a list of lists", [[[1, 2], [3, 0.5]]], { value: "[[1, 2], [3, 0.5]]" }],
  ];
  for (const [why, evidence, expected] of cases) {
    const fields = measured(evidence.map((each) => sample.run({ evidence: each })));
    assertEquals(Object.fromEntries(fields), expected, why);
  }
});
