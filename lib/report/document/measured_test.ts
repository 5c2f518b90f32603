import { assertEquals } from "@std/assert";
import { measured } from "./measured.ts";
import { sampleRun } from "../testing/sample.ts";
import type { Json } from "../../claims/mod.ts";

function texts(...evidence: Json[]): Record<string, string> {
  const fields = measured(evidence.map((each) => sampleRun({ evidence: each })));
  return Object.fromEntries(fields.map(({ name, text }) => [name, text]));
}

Deno.test("what runs measured becomes a range for each field", () => {
  assertEquals(
    texts({ others: 0, self: 0.5 }, { others: 0, self: 2 }),
    { others: "0", self: "0.5 to 2" },
    "equal values are one value",
  );
});

Deno.test("a long list of numbers, nested or not, becomes its range and its size", () => {
  assertEquals(
    texts({ loss: Array.from({ length: 13 }, (_, i) => i), grid: Array(7).fill([2, 3]) }),
    { loss: "0 to 12 (13 numbers)", grid: "2 to 3 (14 numbers)" },
    "however deep it lies",
  );
});

Deno.test("objects are opened two levels deep and no further", () => {
  assertEquals(
    texts({ loss: { first: 4, deep: { x: 1 } } }),
    { "loss.first": "4", "loss.deep": "see the evidence" },
    "the third level is left to the evidence itself",
  );
});

Deno.test("evidence that is one value has the name value", () => {
  assertEquals(texts(3, 5), { value: "3 to 5" }, "numbers");
  assertEquals(texts("a", "b", "a"), { value: "a; b" }, "different strings once each");
  assertEquals(texts("a", "b", "c", "d"), { value: "4 different values" }, "many are counted");
  assertEquals(texts(null, null), {}, "nothing measured is nothing");
});

Deno.test("a short list of numbers is shown whole, a long one by its range", () => {
  const text = (...evidence: Json[]) =>
    measured(evidence.map((shape) => sampleRun({ evidence: { shape } })))[0].text;
  assertEquals(text([3, 7, 480]), "[3, 7, 480]");
  assertEquals(text([3, 7], [3, 7]), "[3, 7]", "two runs that agree");
  assertEquals(text([3, 7], [3, 9]), "[3, 7]; [3, 9]", "two that do not");
  assertEquals(text([[1, 2], [3, 0.5]]), "[[1, 2], [3, 0.5]]", "a list of lists");
  assertEquals(text([...Array(13).keys()]), "0 to 12 (13 numbers)");
});
