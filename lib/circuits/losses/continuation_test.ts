/** How models built by hand go on: one that copies, one that is wrong, one that knows nothing. */
import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { fixedDistance, inductionByHand } from "../../../fixtures/subjects/copiers.ts";
import { withoutHeads } from "../../model/sabotages/mod.ts";
import { max, min } from "../../tensor/mod.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { continuation, lossOnRepeatedTokens } from "./continuation.ts";
import { drawRepeatedBlocks, drawRepeatedTokens } from "../texts/draw_repeats.ts";

Deno.test("a model that copies loses nothing where a block is said again", async () => {
  const model = await inductionByHand.load();
  const repeats = drawRepeatedBlocks(model, { block: [5, 14], rows: 6 });
  const { loss, inBlock, within, around } = await continuation(model, repeats);
  // 39 other words at exp(-30) of the right one.
  assertLess(loss, 1e-10, "no loss");
  assertAlmostEquals(inBlock, 1, 1e-10, "all that it considers is in the block");
  assertLess(within, 1e-10, "and the right one");
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
  const { loss, error, inBlock, inBlockByChance, within, evenly } = found;
  const [forty, ten] = [Math.log(40), Math.log(10)];
  const given = [loss, error, inBlock, inBlockByChance, within, evenly];
  assertClose(given, [forty, 0, 10 / 40, 10 / 40, ten, ten], 1e-12, "means");
  assertEquals(found.rows.map(({ block }) => block), [10, 10], "a row each");
  const byRow = found.rows.flatMap(({ loss, within }) => [loss, within]);
  assertClose(byRow, [forty, ten, forty, ten], 1e-12, "its losses, in all and within the block");
});

Deno.test("a model that is sure of another word of the block loses its certainty", async () => {
  const model = await fixedDistance(6).load();
  const found = await continuation(model, drawRepeatedBlocks(model, { block: [7, 7], rows: 1 }));
  assertAlmostEquals(found.loss, 30, 1e-9, "30 is how far its word stands above the others");
  assertAlmostEquals(found.inBlock, 1, 1e-9, "its word is of the block");
  assertAlmostEquals(found.within, 30, 1e-9, "and the wrong one");
});
