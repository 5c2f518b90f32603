import { assertAlmostEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { initialWeights, makeConfig, makeModel, Unfit } from "../../lib/model/mod.ts";
import { zeroQueries } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { holding, offLoopsOfAnother, offNotes, without } from "./formula.ts";

Deno.test("heads that ask nothing weigh alike all that the mask allows, by both formulas", async () => {
  const indifferent = zeroQueries.apply(await models.tiny.load());
  for (const { apart } of [await offNotes(indifferent), await offLoopsOfAnother(indifferent)]) {
    assertAlmostEquals(apart, 0, 1e-7);
  }
  // Of eight tokens the first gives itself all, and without a mask an eighth.
  const { apart } = await without("mask")(indifferent);
  assertAlmostEquals(apart, 7 / 8, 1e-6);
});

Deno.test("what is left out is missed where it is there, and only there", async () => {
  const model = await models.tiny.load(); // positions are learned: no part of the form
  assertLess((await without("positions")(model)).apart, 1e-6);
  for (const part of ["scale", "mask", "biases"] as const) {
    assertGreater((await without(part)(model)).apart, 1e-2, part);
  }
  const none = makeModel("none", model.config, initialWeights(model.config, 1));
  assertThrows(() => without("biases")(none), Unfit, "its scores have no biases");
  const open = { ...model, config: { ...model.config, causal: false } };
  assertThrows(() => without("mask")(open), Unfit, "its scores have no mask");
});

Deno.test("without queries and LayerNorm attention is affine with nothing held", async () => {
  const sizes = { n_layers: 1, d_model: 12, n_heads: 3, d_vocab: 17, n_ctx: 9 };
  const config = makeConfig({ ...sizes, attn_only: true, normalization: "none" });
  const model = await models.randomModel(config, 1).load();
  assertLess((await holding()(zeroQueries.apply(model))).fromAffine, 1e-6);
  assertGreater((await holding("scale")(model)).fromAffine, 1e-2, "there is no scale to hold");
});
