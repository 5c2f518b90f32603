import { assertEquals } from "@std/assert";
import { inBatches, inGroups } from "./in_batches.ts";

const texts = (count: number, length: number) =>
  Array.from({ length: count }, (_, row) => Array<number>(length).fill(row));

Deno.test("no batch has more than some hundred tokens, and every text comes once and in order", () => {
  const sizes = inBatches(texts(5, 240)).map((batch) => batch.length);
  assertEquals(sizes, [2, 2, 1]);
  assertEquals(inBatches(texts(100, 60)).flat(), texts(100, 60));
  assertEquals(inBatches(texts(2, 1000)).length, 2, "one at a time where each is longer");
  assertEquals(inBatches([]), [], "of no texts none");
});

Deno.test("what a large model runs is run in groups, for which there is room, in their order", () => {
  const rows = [3, 1, 200, 2, 2]; // of 16 tokens: 2 ** 22 logits each, of a vocabulary of 2 ** 18
  const large = { d_vocab: 2 ** 18 };
  assertEquals(inGroups(rows, large, 16, (texts) => texts), [[3, 1], [200], [2, 2]]);
  assertEquals(inGroups([...Array(17).keys()], large, 16).map(({ length }) => length), [16, 1]);
  assertEquals(inGroups(rows, { d_vocab: 480 }, 60, (texts) => texts), [rows], "a small one");
  assertEquals(inGroups([], large, 16), []);
});
