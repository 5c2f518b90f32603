/** For tests: the gradients of whole transformers against slopes of the 64-bit reference. */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type Config, type ConfigInput, randomWeights, type Weights } from "../../model/mod.ts";
import { GraphSession } from "../../runtime/mod.ts";
import { Random, Tensor } from "../../tensor/mod.ts";
import { crossEntropy, reference } from "../../model/reference/reference.ts";
import { gradientOf, trainingGraph } from "../gradients/training_graph.ts";

/** Sizes of which no two axes that meet are equal, so that none can pass for another. */
export const SMALL: ConfigInput = {
  n_layers: 1,
  d_model: 6,
  n_heads: 2,
  d_head: 4,
  d_mlp: 5,
  d_vocab: 7,
  n_ctx: 3,
};

const BATCH = 2;

/**
 * The step of the central differences. In 64 bits they err by its square times a sixth of the third
 * derivative, 2e-9 for derivatives of 100, and by 1e-16 / step from rounding, 1e-11.
 */
const STEP = 1e-5;

/**
 * How far a gradient may be from the slope, in shares of the largest gradient of its parameter. A
 * gradient of 32 bits is a sum of products behind some forty operations, forth and back, each
 * rounded by 6e-8: 4e-7 where the roundings are independent, ten times that where LayerNorm and
 * softmax take nearly equal numbers from each other. Of 140 models (each choice of a config, ten seeds) the
 * worst came to 4.2e-6. A wrong sign, scale or transposition comes to about 1.
 */
const BOUND = 2e-5;

/**
 * The least that counts as a parameter's largest gradient. Softmax does not feel what all scores
 * of a query share, so unless positions enter the scores b_K has the gradient 0, and what the
 * graph finds there is rounding alone.
 */
const FLOOR = 1e-3;

/** What is compared: a model, and the text that its loss is of. */
interface Case {
  readonly config: Config;
  readonly weights: Weights;
  readonly tokens: number[][];
  readonly targets: number[][];
}

/** Which gradients are checked. */
export interface Sample {
  /** How many elements of each parameter, drawn by the seed; all unless told. */
  readonly elements?: number;
  /** Decides weights, text and elements; 1 unless told. */
  readonly seed?: number;
}

/**
 * Asserts that the training graph's loss is the reference's, and that the gradient of every
 * parameter is the slope of that loss.
 */
export async function checkModelGradients(
  config: Config,
  { elements = Infinity, seed = 1 }: Sample = {},
): Promise<void> {
  const random = new Random(`slopes/${seed}`);
  const rows = () =>
    Array.from({ length: BATCH }, () => random.integers(config.n_ctx, config.d_vocab));
  const weights = randomWeights(config, seed);
  const given: Case = { config, weights, tokens: rows(), targets: rows() };
  const found = await graphGradients(given);
  const { loss, slope } = differences(given);
  assertAlmostEquals(found.loss.at(), loss, 1e-6, "a loss of about 2, rounded a few times by 1e-7");
  for (const [name, { shape, size }] of Object.entries(weights)) {
    const gradient = found[gradientOf(name)];
    assertEquals(gradient.shape, shape, `shape of the gradient of ${name}`);
    const tolerance = BOUND * Math.max(FLOOR, ...gradient.data.map(Math.abs));
    for (const i of random.shuffle([...gradient.data.keys()]).slice(0, elements)) {
      const what = `element ${i} of the ${size} of ${name}: its gradient must be its slope`;
      assertAlmostEquals(gradient.data[i], slope(name, i), tolerance, what);
    }
  }
}

/** Loss and gradients, from the graph that training runs. */
async function graphGradients(
  { config, weights, tokens, targets }: Case,
): Promise<Record<string, Tensor>> {
  const shape = [BATCH, config.n_ctx] as const;
  const names = Object.keys(weights).map(gradientOf);
  const session = await GraphSession.open(trainingGraph(config, shape), ["loss", ...names]);
  try {
    return await session.run({
      ...weights,
      tokens: { integers: tokens.flat(), shape },
      targets: { integers: targets.flat(), shape },
      loss_weights: Tensor.full(shape, 1 / (BATCH * config.n_ctx)),
    });
  } finally {
    await session.release();
  }
}

/** The loss of the reference, and its slope along any one weight. */
function differences({ config, weights, tokens, targets }: Case) {
  const entries = Object.entries(weights);
  const wide = Object.fromEntries(
    entries.map(([name, { shape, data }]) => [name, { shape, data: Float64Array.from(data) }]),
  );
  const loss = () =>
    crossEntropy(reference({ config, weights: wide }, tokens).get("logits"), targets);
  const slope = (name: string, i: number) => {
    const { data } = wide[name];
    const value = data[i];
    const [up, down] = [STEP, -STEP].map((shift) => {
      data[i] = value + shift;
      return loss();
    });
    data[i] = value;
    return (up - down) / (2 * STEP);
  };
  return { loss: loss(), slope };
}
