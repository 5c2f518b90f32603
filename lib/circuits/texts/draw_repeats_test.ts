import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { smallModel } from "../../model/testing/small_models.ts";
import { drawRepeats } from "./draw_repeats.ts";

const MODEL = smallModel({ n_ctx: 20 }); // 11 words

Deno.test("a row is one block of distinct tokens, said until the row is full", () => {
  const { tokens, blocks } = drawRepeats(MODEL, { block: [3, 9], rows: 40 });
  assertEquals([...new Set(blocks)].toSorted(), [3, 4, 5, 6, 7, 8, 9], "every length comes up");
  tokens.forEach((row, r) => {
    assertEquals(row.length, 20, "n_ctx unless told");
    assertEquals(new Set(row.slice(0, blocks[r])).size, blocks[r], "distinct");
    row.forEach((token, i) => assertEquals(token, row[i % blocks[r]], `row ${r}, place ${i}`));
  });
});

Deno.test("rows are as long as told, the same for the same seed and others for another", () => {
  const draw = (seed: number) => drawRepeats(MODEL, { block: [4, 4], length: 9, seed }).tokens;
  assertEquals(draw(0)[0].length, 9, "as told");
  assertEquals(draw(1), draw(1), "the same seed");
  assertNotEquals(draw(1), draw(2), "another");
});

Deno.test("blocks that cannot be drawn, or would not be said again, are refused", () => {
  for (const block of [[0, 3], [4, 3], [2, 12], [2.5, 3]] as const) {
    const message = `of 1 to 11 tokens, the shortest first, are required, got [${
      block.join(", ")
    }]`;
    assertThrows(() => drawRepeats(MODEL, { block }), RangeError, message);
  }
  const message = "of 1 to 4 tokens";
  assertThrows(() => drawRepeats(MODEL, { block: [2, 5], length: 5 }), RangeError, message);
});
