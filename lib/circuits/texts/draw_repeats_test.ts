import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { checkTokens } from "../../model/tokens.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { drawRepeatedBlocks, drawRepeatedTokens } from "./draw_repeats.ts";

const MODEL = smallModel({ n_ctx: 20 }); // 11 words

Deno.test("a row is one block of distinct tokens, said until the row is full", () => {
  const { tokens, blocks } = drawRepeatedBlocks(MODEL, { block: [3, 9], rows: 40 });
  assertEquals([...new Set(blocks)].toSorted(), [3, 4, 5, 6, 7, 8, 9], "every length comes up");
  tokens.forEach((row, r) => {
    assertEquals(row.length, 20, "n_ctx unless told");
    assertEquals(new Set(row.slice(0, blocks[r])).size, blocks[r], "distinct");
    row.forEach((token, i) => assertEquals(token, row[i % blocks[r]], `row ${r}, place ${i}`));
  });
});

Deno.test("rows are as long as told, the same for the same seed and others for another", () => {
  const draw = (seed: number) =>
    drawRepeatedBlocks(MODEL, { block: [4, 4], length: 9, seed }).tokens;
  assertEquals(draw(0)[0].length, 9, "as told");
  assertEquals(draw(1), draw(1), "the same seed");
  assertNotEquals(draw(1), draw(2), "another");
});

Deno.test("blocks that cannot be drawn, or would not be said again, are refused", () => {
  for (const block of [[0, 3], [4, 3], [2, 12], [2.5, 3]] as const) {
    const given = `got [${block.join(", ")}]`;
    const message = `of 1 to 11 tokens, the shortest first, are required, ${given}`;
    assertThrows(() => drawRepeatedBlocks(MODEL, { block }), RangeError, message);
  }
  const message = "of 1 to 4 tokens";
  assertThrows(() => drawRepeatedBlocks(MODEL, { block: [2, 5], length: 5 }), RangeError, message);
});

Deno.test("a block said twice is distinct tokens, and then the same again", () => {
  const cases = fc.record({
    d_vocab: fc.integer({ min: 1, max: 12 }),
    n_ctx: fc.integer({ min: 2, max: 20 }),
    rows: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(cases, ({ d_vocab, n_ctx, rows, seed, share }) => {
      const model = smallModel({ d_vocab, n_ctx });
      const longest = Math.min(d_vocab, Math.floor(n_ctx / 2));
      const block = Math.max(1, Math.round(share * longest));
      const texts = drawRepeatedTokens(model, block, { rows, seed });
      assertEquals(checkTokens(model.config, texts).shape, [rows, 2 * block], "they fit");
      for (const text of texts) {
        assertEquals(new Set(text.slice(0, block)).size, block, "no token twice in a block");
        assertEquals(text.slice(block), text.slice(0, block), "the block again");
      }
      assertEquals(drawRepeatedTokens(model, block, { rows, seed }), texts, "the same seed");
    }),
    { seed: 5, numRuns: 60 },
  );
});

Deno.test("a block that cannot be said twice is refused", () => {
  for (const block of [0, -1, 1.5, NaN, 5]) {
    const message = `a block of 1 to 4 tokens is required, got ${block}`;
    assertThrows(
      () => drawRepeatedTokens(smallModel(), block),
      RangeError,
      message,
      "a window of eight",
    );
  }
  const few = smallModel({ d_vocab: 3 });
  const message = "a block of 1 to 3 tokens is required, got 4";
  assertThrows(() => drawRepeatedTokens(few, 4), RangeError, message, "a vocabulary of three");
  assert(drawRepeatedTokens(few, 3)[0].length === 6, "three words, all of them");
});
