import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { repeatBatches } from "./repeats.ts";

const options = { batch: 50, length: 40, d_vocab: 30, block: [5, 20] as const, seed: 1 };

/** The shortest length after which a row says itself again. */
function period(row: readonly number[]): number {
  let period = 1;
  while (row.some((token, i) => i >= period && token !== row[i - period])) period++;
  return period;
}

Deno.test("a row is a block of distinct tokens, said until the row is full", () => {
  for (const row of repeatBatches(options)(0)) {
    const block = period(row);
    assertEquals(row.length, 41, "40 inputs and one token more");
    assert(block >= 5 && block <= 20, `a block of ${block} tokens is in the range`);
    assertEquals(new Set(row).size, block, "no token occurs twice within the block");
    assert(row.every((token) => token >= 0 && token < 30), "every token is in the vocabulary");
  }
});

Deno.test("every length of the range and every token is drawn", () => {
  const rows = [0, 1, 2, 3, 4, 5].flatMap(repeatBatches(options));
  // 300 rows: a length of 16 is missed with probability (15/16)^300, about 4e-9.
  assertEquals(new Set(rows.map(period)), new Set(Array.from({ length: 16 }, (_, i) => 5 + i)));
  const firsts = rows.map(([first]) => first);
  // A mean of 300 uniform draws of 0 to 29 is 14.5 with standard deviation 0.5.
  const mean = firsts.reduce((sum, first) => sum + first, 0) / firsts.length;
  assertLess(Math.abs(mean - 14.5), 2, `first tokens are uniform; their mean is ${mean}`);
});

Deno.test("a block must be said again within the inputs and the token after them", () => {
  const refused = { ...options, block: [5, 21] as const, length: 20 };
  assertThrows(() => repeatBatches(refused), RangeError, "Cannot draw repeats: blocks of 1 to 20");
});
