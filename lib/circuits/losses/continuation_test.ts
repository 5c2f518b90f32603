/** How models built by hand go on: one that copies, one that is wrong, one that knows nothing. */
import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { fixedDistance, inductionByHand } from "../../../fixtures/subjects/copiers.ts";
import { withoutHeads } from "../../model/sabotages/mod.ts";
import { max, min } from "../../tensor/mod.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { continuation, lossOnRepeatedTokens } from "./continuation.ts";
import { drawRepeatedBlocks, drawRepeatedTokens } from "../texts/draw_repeats.ts";

Deno.test("a model that copies loses nothing where a block is said again", async () => {
  const model = await inductionByHand.load();
  const repeats = drawRepeatedBlocks(model, { block: [5, 14], rows: 6 });
  const { loss, inBlock, known, around } = await continuation(model, repeats);
  // 39 other words at exp(-30) of the right one.
  assertLess(loss, 1e-10, "no loss");
  assertAlmostEquals(inBlock, 1, 1e-10, "all that it considers is in the block");
  assertAlmostEquals(known, 1, 1e-10, "and the right one");
  assertEquals(around[0].place, 1 - min(repeats.blocks), "the earliest that all rows have");
  assertEquals(around.at(-1)!.place, 35 - max(repeats.blocks), "the last that they have");
  for (const { place, nats } of around) {
    assertEquals(nats < 1e-10, place > 0, `${nats} nats at ${place}: the beginning is news`);
  }
  const twice = await lossOnRepeatedTokens(model, drawRepeatedTokens(model, 6, { rows: 3 }));
  assertEquals(twice.byPosition.map((nats) => nats < 1e-10), Array(11).fill(false).fill(true, 6));
  assertLess(twice.again, 1e-10, "the second time");
  assertAlmostEquals(twice.chance, Math.log(40), 1e-12, "of forty words");
});

Deno.test("a model whose heads are out gives every word the same", async () => {
  const model = await inductionByHand.load();
  const idle = withoutHeads([{ layer: 1, head: 0 }], "zero").apply(model);
  const repeats = drawRepeatedBlocks(model, { block: [10, 10], rows: 2 });
  const found = await continuation(idle, repeats);
  const { loss, error, inBlock, inBlockByChance, known, evenly } = found;
  const [forty, ten] = [Math.log(40), Math.log(10)];
  const given = [loss, error, inBlock, inBlockByChance, known, evenly];
  assertClose(given, [forty, 0, 10 / 40, 10 / 40, 0, ten], 1e-12, "means");
  assertEquals(found.rows.map(({ block }) => block), [10, 10], "a row each");
  const byRow = found.rows.flatMap(({ loss, known }) => [loss, known]);
  assertClose(byRow, [forty, 0, forty, 0], 1e-12, "its loss, and what it knows");
});

Deno.test("a model that is sure of another word of the block knows nothing of the next", async () => {
  const model = await fixedDistance(6).load();
  const found = await continuation(model, drawRepeatedBlocks(model, { block: [7, 7], rows: 1 }));
  assertAlmostEquals(found.loss, 30, 1e-9, "30 is how far its word stands above the others");
  assertAlmostEquals(found.inBlock, 1, 1e-9, "its word is of the block");
  assertAlmostEquals(found.known, 0, 1e-4, "and the wrong one");
});

Deno.test("a model that is sure, and right in every other row, knows much and loses more", async () => {
  const model = await fixedDistance(6).load();
  const [right, wrong] = [6, 7].map((block) =>
    drawRepeatedBlocks(model, { block: [block, block], rows: 2 })
  );
  const both = {
    tokens: [...right.tokens, ...wrong.tokens],
    blocks: [...right.blocks, ...wrong.blocks],
  };
  const { loss, evenly, known, rows } = await continuation(model, both);
  assertAlmostEquals(loss, 15, 1e-9, "nothing in half of the rows, 30 in the others");
  assertGreater(loss, evenly, "more than an even guess");
  // With odds of r to 1 for its word, ln((r + 5) / r) in one half and ln(r + 6) in the other: r = sqrt(30).
  const best = Math.log(1 + 5 / Math.sqrt(30)) + Math.log(Math.sqrt(30) + 6);
  assertAlmostEquals(known, 1 - best / 2 / evenly, 1e-6, "and yet");
  assertGreater(rows[0].known, rows[3].known, "row by row");
});
