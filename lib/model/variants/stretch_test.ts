/** Longer windows from the same weights, against values worked out by hand from the papers. */
import "../../runtime/testing/give_back.ts";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { run } from "../../runtime/mod.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { frequencies } from "../graph/frequencies.ts";
import { makeModel, type Rewrite, SCHEMES } from "../mod.ts";
import { oneOfEach, smallModel } from "../testing/small_models.ts";
import { betweenRows, stretched } from "./stretch.ts";

const TEXT = [[1, 2, 3, 4, 5, 6, 7, 8]];

Deno.test("a table is read between its rows, from the first to the last", () => {
  const table = Tensor.from([[0, 10], [3, 40], [6, 10]]);
  const longer = betweenRows(table, 5);
  assertEquals(
    longer.toNested(),
    [[0, 10], [1.5, 25], [3, 40], [4.5, 25], [6, 10]],
    "halfway each",
  );
  const uneven = betweenRows(Tensor.from([[0], [3]]), 4);
  [0, 1, 2, 3].forEach((x, i) =>
    assertAlmostEquals(uneven.at(i, 0), x, 1e-6, `a third each, ${i}`)
  );
  assertSameBits(betweenRows(table, 3), table, "as many rows as there were");
  assertEquals(
    betweenRows(Tensor.from([[7, 8]]), 3).toNested(),
    [[7, 8], [7, 8], [7, 8]],
    "one row",
  );
});

Deno.test("rotary positions that are interpolated turn by a share of the angle", async () => {
  // Chen et al., section 3.2: position m turns as m L / L' did before.
  const model = smallModel({ positions: "rotary", d_head: 2 });
  const long = stretched(model, 32, "interpolated");
  assertEquals(long.config.position_step, 1 / 4, "from 8 to 32");
  const hook = "blocks.0.attn.hook_rot_q";
  const interventions = [{ hook: "blocks.0.attn.hook_q", to: Tensor.from([1, 0]) }];
  const turned = (await run(long, TEXT, { hooks: [hook], interventions })).get(hook);
  for (let p = 0; p < 8; p++) {
    assertAlmostEquals(turned.at(0, p, 0, 0), Math.cos(p / 4), 1e-6, `cosine at ${p}`);
    assertAlmostEquals(turned.at(0, p, 0, 1), Math.sin(p / 4), 1e-6, `sine at ${p}`);
  }
});

Deno.test("sinusoidal positions that are interpolated are the old ones, read in between", async () => {
  const model = smallModel({ positions: "sinusoidal", d_model: 4 });
  const hook = "hook_pos_embed";
  const [old, long] = await Promise.all(
    [model, stretched(model, 32)].map(async (m) =>
      (await run(m, TEXT, { hooks: [hook] })).get(hook)
    ),
  );
  for (const p of [0, 4]) assertSameBits(long.get(0, p), old.get(0, p / 4), `${p} is ${p / 4}`);
  assertAlmostEquals(long.at(0, 2, 0), Math.sin(0.5), 1e-6, "position 2 is half a position");
});

Deno.test("a changed base leaves the fastest wave and slows the slowest by the factor", () => {
  // bloc97: the base times factor^(d / (d - 2)).
  for (const [positions, width] of [["rotary", 8], ["sinusoidal", 10]] as const) {
    const model = smallModel({ positions, d_head: 8 });
    const long = stretched(model, 32, "base changed");
    const expected = 10_000 * 4 ** (width / (width - 2));
    assertAlmostEquals(long.config.position_base, expected, 1e-6, `${positions}: the base`);
    const [before, after] = [model, long].map(({ config }) => frequencies(config, width));
    assertEquals(after.at(0), 1, `${positions}: one radian for each position, as before`);
    const slowest = width / 2 - 1;
    const share = after.at(slowest) / before.at(slowest);
    assertAlmostEquals(share, 1 / 4, 1e-6, `${positions}: a quarter, where squeezing would put it`);
  }
});

Deno.test("what is run on computes the same inside the old window, to the bit", async () => {
  for (const model of oneOfEach()) {
    const long = stretched(model, 20, "run on");
    assertEquals(long.config, { ...model.config, n_ctx: 20 }, `${model.name}: only the window`);
    assertSameBits((await run(long, TEXT)).logits, (await run(model, TEXT)).logits, model.name);
    await run(long, [[...TEXT[0], ...TEXT[0]]]);
  }
});

Deno.test("rows that are added to a table are as before training", () => {
  const table = stretched(smallModel(), 1008, "run on").weights["pos_embed.W_pos"];
  const fresh = table.data.subarray(8 * 10);
  const variance = fresh.reduce((sum, x) => sum + x * x, 0) / fresh.length;
  // 10,000 draws: the deviation is known to within 1 / sqrt(20,000) = 0.7%, here four times that.
  assertAlmostEquals(Math.sqrt(variance), 0.02, 0.0006, "N(0, 0.02)");
});

Deno.test("ALiBi and no positions have nothing to stretch, whatever the way", () => {
  for (const model of oneOfEach().slice(SCHEMES.indexOf("alibi"))) {
    for (const how of ["interpolated", "base changed", "run on"] as const) {
      const long = stretched(model, 20, how);
      assertEquals(long.config, { ...model.config, n_ctx: 20 }, `${model.name}, ${how}`);
      assert(long.weights === model.weights, "its weights");
    }
  }
});

Deno.test("a stretched model says what it is and keeps what was done to it", () => {
  const rewrites: Rewrite[] = [(_, value) => value];
  const long = stretched({ ...smallModel(), rewrites }, 20);
  assertEquals(long.name, "learned 1, interpolated to 20", "interpolated unless told");
  assert(long.rewrites === rewrites, "rewrites stay");
  const { name, config, weights } = long;
  assertEquals(makeModel(name, config, weights).name, name, "and its weights fit its config");
});

Deno.test("a window that would not grow is refused, and the base of a table", () => {
  for (const n_ctx of [8, 7, NaN]) {
    const message = `Cannot stretch learned 1: more than 8 tokens required, got ${n_ctx}`;
    assertThrows(() => stretched(smallModel(), n_ctx), RangeError, message);
  }
  const message = "waves with a base required, got a learned table";
  assertThrows(() => stretched(smallModel(), 20, "base changed"), RangeError, message);
});
