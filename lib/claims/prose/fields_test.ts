import { assertEquals, assertThrows } from "@std/assert";
import { type Field, numbersAt, valueAt } from "./fields.ts";

const EVIDENCE = {
  loss: 2,
  byPosition: [3, 1],
  moved: [[0, 1], [2, 3]],
  after: { mean: 4, names: ["a"] },
  heads: [{ kl: 5, how: "zero" }, { kl: 6, how: "mean" }],
};
type Evidence = typeof EVIDENCE;

Deno.test("fields reach numbers in lists, matrices, objects and lists of objects", () => {
  const fields: Field<Evidence>[] = ["loss", "byPosition", "moved", "after.mean", "heads.kl"];
  assertEquals(fields.map((field) => numbersAt(EVIDENCE, field)), [
    [2],
    [3, 1],
    [0, 1, 2, 3],
    [4],
    [5, 6],
  ]);
  assertEquals(valueAt(EVIDENCE, "moved"), [[0, 1], [2, 3]], "a matrix as it is given");
  const words: Field<Evidence, string>[] = ["after.names", "heads.how"];
  assertEquals(words.map((field) => valueAt(EVIDENCE, field)), [["a"], ["zero", "mean"]]);
});

Deno.test("a misspelt field does not compile, and a missing one says what there is", () => {
  // @ts-expect-error there is no such field
  const misspelt: Field<Evidence> = "los";
  assertThrows(
    () => numbersAt(EVIDENCE, misspelt),
    RangeError,
    'No field "los" in the evidence: there are loss, byPosition',
  );
  // @ts-expect-error it holds words
  const words: Field<Evidence> = "heads.how";
  assertThrows(() => numbersAt(EVIDENCE, words), RangeError, 'must hold numbers, got "zero"');
  assertThrows(
    () => valueAt(EVIDENCE, "after.men"),
    RangeError,
    "in the evidence.after: there are",
  );
  assertThrows(() => valueAt({ loss: 2 }, "loss.mean"), RangeError, "there are none");
});
