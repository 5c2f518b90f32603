import { Unfit } from "../../model/mod.ts";
import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { checkTokens } from "../../model/tokens.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { drawTokens } from "./draw_tokens.ts";

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
  assertThrows(() => drawTokens(long, { distinct: true, length: 40 }), Unfit, message);
});

Deno.test("the same seed draws the same tokens and another seed others", () => {
  const draw = (seed?: number | string) => drawTokens(MODEL, { seed });
  assertEquals(draw(), draw(0), "0 unless told");
  assertEquals(draw("a"), draw("a"), "a name");
  const texts = Array.from({ length: 50 }, (_, seed) => `${draw(seed)}`);
  assertEquals(new Set(texts).size, 50, "fifty seeds, fifty texts");
});
