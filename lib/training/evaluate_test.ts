import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { evaluate, evaluationRows } from "./evaluate.ts";

const text = (...tokens: number[]) => ({ name: "a text", tokens: Uint32Array.from(tokens) });
/** Token n stands for n characters. */
const tokenizer = { characters: (token: number) => token };

Deno.test("rows overlap by one token and end with their text", () => {
  const texts = [text(1, 2, 3, 4, 5, 6, 7), text(8, 9), text(1), text()];
  assertEquals(evaluationRows(texts, 3), [[1, 2, 3, 4], [4, 5, 6, 7], [8, 9]]);
  assertEquals(evaluationRows(texts, 4), [[1, 2, 3, 4, 5], [5, 6, 7], [8, 9]]);
});

Deno.test("every token but the first of each text is a target exactly once, in order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(99), { maxLength: 30 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 12 }),
      (texts, length) => {
        const rows = evaluationRows(texts.map((tokens) => text(...tokens)), length);
        assertEquals(rows.flatMap((row) => row.slice(1)), texts.flatMap((t) => t.slice(1)));
      },
    ),
    { seed: 1 },
  );
});

Deno.test("a score is the sum of the losses over the tokens and characters they are for", async () => {
  const rows = [[1, 2, 3], [3, 4], [5, 6, 7]];
  const batches: number[][][] = [];
  const score = await evaluate(rows, (some) => {
    batches.push(some);
    return Promise.resolve(some.map((row) => row.slice(1).map((token) => token / 2)));
  }, { tokenizer, batch: 2 });
  assertEquals(batches, [[[1, 2, 3], [5, 6, 7]], [[3, 4]]], "only equal lengths share a batch");
  // 11 nats over five tokens of 2 + 3 + 4 + 6 + 7 characters.
  assertEquals(score, { perToken: 2.2, perCharacter: 0.5 });
});

Deno.test("a batch is never larger than asked for", async () => {
  const sizes: number[] = [];
  await evaluate(Array.from({ length: 7 }, () => [1, 1]), (some) => {
    sizes.push(some.length);
    return Promise.resolve(some.map(() => [1]));
  }, { tokenizer, batch: 3 });
  assertEquals(sizes, [3, 3, 1]);
});

Deno.test("losses that do not fit the rows, or are no numbers, are refused", async () => {
  const scored = (losses: number[][]) =>
    evaluate([[1, 2, 3]], () => Promise.resolve(losses), { tokenizer, batch: 1 });
  await assertRejects(() => scored([[1]]), RangeError, "must have 2 losses, got 1");
  await assertRejects(() => scored([]), RangeError, "must have 2 losses, got none");
  await assertRejects(() => scored([[1, NaN]]), RangeError, "its loss must be a number, got NaN");
});
