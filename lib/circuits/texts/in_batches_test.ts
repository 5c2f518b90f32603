import { assertEquals } from "@std/assert";
import { inBatches } from "./in_batches.ts";

const texts = (count: number, length: number) =>
  Array.from({ length: count }, (_, row) => Array<number>(length).fill(row));

Deno.test("no batch has more than some hundred tokens, and every text comes once and in order", () => {
  const sizes = inBatches(texts(5, 240)).map((batch) => batch.length);
  assertEquals(sizes, [2, 2, 1]);
  assertEquals(inBatches(texts(100, 60)).flat(), texts(100, 60));
  assertEquals(inBatches(texts(2, 1000)).length, 2, "one at a time where each is longer");
  assertEquals(inBatches([]), [], "of no texts none");
});
