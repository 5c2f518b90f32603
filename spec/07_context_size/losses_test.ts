import "../../lib/runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { modelOf } from "../../lib/circuits/testing/models.ts";
import { selfOnlyHeads } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import * as losses from "./losses.ts";

// All weights are zero: each of as many words is as likely as any other, at any place.
const guesser = (d_vocab: number) =>
  modelOf({ n_layers: 1, d_model: 4, n_heads: 1, d_vocab, n_ctx: 240, positions: "none" });
const [base, longer] = [guesser(480), guesser(960)];

Deno.test("who guesses among twice as many words loses ln 2, in every window", async () => {
  const { excess, worst, atMost } = await losses.pastTheWindow({ base, longer });
  assertEquals(excess.length, 4);
  for (const lost of [...excess, worst, atMost]) assertAlmostEquals(lost, Math.LN2, 1e-5);
  const ways = { base, "run on": longer, interpolated: base, "base changed": base };
  const { runOn, squeezed, slowed, farthest } = await losses.compareWays(ways);
  for (const far of [runOn.farthest, farthest]) assertAlmostEquals(far, Math.LN2, 1e-5);
  assertAlmostEquals(squeezed.farthest + slowed.farthest, 0, 1e-5);
});

Deno.test("each table is compared with the old one, and new rows with stretched ones", async () => {
  const tables = { base, tuned: base, untuned: longer, fresh: longer };
  const { untuned, tuned, inside, fresh, gap } = await losses.compareTables(tables);
  for (const { mean } of [untuned, fresh, gap]) assertAlmostEquals(mean, Math.LN2, 1e-5);
  for (const { mean } of [tuned, inside]) assertAlmostEquals(mean, 0, 1e-5);
});

Deno.test("a mean over texts has the error of their differences", () => {
  const apart = losses.less([[1, 4], [3, 8]], [[1, 2], [2, 3]]);
  assertEquals(apart, [[0, 2], [1, 5]]);
  assertEquals(losses.estimate(apart.map(([, second]) => second)), { mean: 3.5, error: 1.5 });
});

Deno.test("heads that look only at themselves reach nowhere back and gain nothing", async () => {
  const nope = await models.trainedModel("nope/1").load();
  const { distances, moved, near, far, gain } = await losses.reachBack(selfOnlyHeads.apply(nope));
  assertEquals(distances, [1, 4, 60, 120, 180]);
  assertEquals([moved, near, far], [[0, 0, 0, 0, 0], 0, 0]);
  assertAlmostEquals(gain, 0, 1e-5);
});
