import "../../lib/runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { modelOf } from "../../lib/circuits/testing/models.ts";
import * as losses from "./losses.ts";

// All weights are zero: each of as many words is as likely as any other, at any place.
const SIZES = { n_layers: 1, d_model: 4, n_heads: 1 };
const guesser = (d_vocab: number) => modelOf({ ...SIZES, d_vocab, n_ctx: 240, positions: "none" });
const [base, longer] = [guesser(480), guesser(960)];

Deno.test("who guesses among twice as many words loses ln 2, in every window", async () => {
  const { excess, worst, bound } = await losses.pastTheWindow({ base, longer });
  assertEquals(excess.length, 4);
  for (const lost of [...excess, worst, bound]) assertAlmostEquals(lost, Math.LN2, 1e-5);
  const ways = { base, "run on": longer, interpolated: base, "base changed": base };
  const { runOn, squeezed, slowed, ...all } = await losses.compareWays(ways);
  for (const far of [runOn.most, runOn.average, all.most, all.ranks[1], -all.blunt]) {
    assertAlmostEquals(far, Math.LN2, 1e-5);
  }
  const nothing = [squeezed.average, slowed.average, all.best, all.ahead, all.ranks[0]];
  for (const none of nothing) assertAlmostEquals(none, 0, 1e-5);
});

Deno.test("what is lost is bounded towards the other side", async () => {
  // The later a token is in the vocabulary, the likelier: no two texts have the same loss.
  const rising = modelOf({ ...SIZES, d_vocab: 480, n_ctx: 240, positions: "none" }, {
    "unembed.b_U": Array.from({ length: 480 }, (_, token) => token / 60),
  });
  const lost = await losses.pastTheWindow({ base, longer: rising });
  assertLess(lost.bound, lost.worst, "at least");
  const better = await losses.pastTheWindow({ base: rising, longer: base });
  assertGreater(better.bound, better.worst, "at most");
});

Deno.test("a base changed for half of the longer window is changed less than for all of it", () => {
  const rotary = modelOf({ ...SIZES, d_vocab: 9, n_ctx: 60, positions: "rotary" });
  const { config } = losses.slowedForHalf(rotary);
  assertEquals([config.n_ctx, config.position_base], [240, 10_000 * 2 ** (4 / 2)]);
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
