import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { checkTokens } from "../../runtime/tokens.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { drawSaidTwice, drawTokens } from "./draw_tokens.ts";

const FIXED = { seed: 5, numRuns: 60 };
const MODEL = smallModel(); // 11 words, 8 positions

Deno.test("drawn tokens are a model's own, in rows of the length asked for, or of n_ctx", () => {
  assertEquals(drawTokens(MODEL).map((row) => row.length), [8], "14 would not fit");
  const long = smallModel({ n_ctx: 40 });
  assertEquals(drawTokens(long).map((row) => row.length), [14], "14 unless told");
  const rows = drawTokens(long, { length: 30, rows: 3 });
  assertEquals(rows.map((row) => row.length), [30, 30, 30], "as told");
  assertEquals(checkTokens(long.config, rows).shape, [3, 30], "the runtime takes them");
  assertEquals(new Set(rows.flat()).size, 11, "among 90 draws each of 11 words comes up");
  assertNotEquals(rows[0], rows[1], "each row is drawn on its own");
});

Deno.test("tokens that are to differ all do, and too few of them are refused", () => {
  const [row] = drawTokens(MODEL, { distinct: true });
  assertEquals(new Set(row).size, 8, "all different");
  const message = "Cannot draw 40 distinct tokens: the vocabulary has 11";
  const long = smallModel({ n_ctx: 40 });
  assertThrows(() => drawTokens(long, { distinct: true, length: 40 }), RangeError, message);
});

Deno.test("the same seed draws the same tokens and another seed others", () => {
  const draw = (seed?: number | string) => drawTokens(MODEL, { seed });
  assertEquals(draw(), draw(0), "0 unless told");
  assertEquals(draw("a"), draw("a"), "a name");
  const texts = Array.from({ length: 50 }, (_, seed) => `${draw(seed)}`);
  assertEquals(new Set(texts).size, 50, "fifty seeds, fifty texts");
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
      const texts = drawSaidTwice(model, block, { rows, seed });
      assertEquals(checkTokens(model.config, texts).shape, [rows, 2 * block], "they fit");
      for (const text of texts) {
        assertEquals(new Set(text.slice(0, block)).size, block, "no token twice in a block");
        assertEquals(text.slice(block), text.slice(0, block), "the block again");
      }
      assertEquals(drawSaidTwice(model, block, { rows, seed }), texts, "the same seed");
    }),
    FIXED,
  );
});

Deno.test("a block that cannot be said twice is refused", () => {
  for (const block of [0, -1, 1.5, NaN, 5]) {
    const message = `a block of 1 to 4 tokens is required, got ${block}`;
    assertThrows(() => drawSaidTwice(MODEL, block), RangeError, message, "a window of eight");
  }
  const few = smallModel({ d_vocab: 3 });
  const message = "a block of 1 to 3 tokens is required, got 4";
  assertThrows(() => drawSaidTwice(few, 4), RangeError, message, "a vocabulary of three");
  assert(drawSaidTwice(few, 3)[0].length === 6, "three words, all of them");
});
