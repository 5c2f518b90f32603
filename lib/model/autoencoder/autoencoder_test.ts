import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Random, Tensor } from "../../tensor/mod.ts";
import {
  type Autoencoder,
  drawFeatures,
  importances,
  initialAutoencoderWeights,
  makeAutoencoder,
  reconstruct,
} from "./autoencoder.ts";

const CONFIG = { n_features: 3, d_hidden: 2, sparsity: 0.5, decay: 0.9 };

/** Features 0 and 1 have a dimension each; feature 2 points against feature 1. */
const MODEL: Autoencoder = makeAutoencoder("toy", CONFIG, {
  W: Tensor.from([[1, 0, 0], [0, 1, -1]]),
  b: Tensor.from([0, 0, -0.25]),
});

Deno.test("opposite features share a dimension: the ReLU cuts off what one does to the other", () => {
  assertEquals(reconstruct(MODEL, [0.5, 0.75, 0]), [0.5, 0.75, 0]);
  assertEquals(reconstruct(MODEL, [0.5, 0, 1]), [0.5, 0, 0.75], "less its bias");
  assertEquals(reconstruct(MODEL, [0, 1, 1]), [0, 0, 0], "together they cancel");
});

Deno.test("weights of another shape, missing or too many are refused", () => {
  const message = "Cannot make toy: W [2,3],b [3] are required, got";
  for (const W of [Tensor.full([3, 2]), Tensor.full([2, 4])]) {
    const weights = { ...MODEL.weights, W };
    assertThrows(() => makeAutoencoder("toy", CONFIG, weights), RangeError, message);
  }
  const { W, b } = MODEL.weights;
  assertThrows(() => makeAutoencoder("toy", CONFIG, { W }), RangeError, message);
  assertThrows(() => makeAutoencoder("toy", CONFIG, { W, b, c: b }), RangeError, message);
});

Deno.test("features are zero as often as the sparsity says, else uniform", () => {
  const x = drawFeatures({ ...CONFIG, sparsity: 0.7 }, 2000, new Random(1));
  assertEquals(x.shape, [2000, 3]);
  const alive = [...x.data].filter((value) => value > 0);
  // Of 6000 draws the share has a standard deviation of 0.006, and the mean of 1800 one of 0.007.
  assertAlmostEquals(alive.length / x.size, 0.3, 0.03, "share of features that are there");
  assertAlmostEquals(alive.reduce((a, b) => a + b) / alive.length, 0.5, 0.035, "their mean");
  assert(alive.every((value) => value < 1), "below one");
});

Deno.test("importances fall by the same share; initial weights follow their seed", () => {
  assertEquals(importances(CONFIG), [1, 0.9, 0.9 ** 2]);
  const weights = initialAutoencoderWeights(CONFIG, 1);
  assertEquals(initialAutoencoderWeights(CONFIG, 1), weights);
  assertEquals([weights.W.shape, weights.b.data], [[2, 3], new Float32Array(3)]);
});
