/**
 * The sabotages as a list to choose from, each under a name that an address can keep, and as strong
 * as told where that can be said.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { catalogue, chosenSabotage } from "./catalogue.ts";
 *
 * const leak = chosenSabotage([{ id: "leaky-mlp", strength: 0.5 }]);
 * assertEquals(leak?.name, "an MLP that mixes in its left neighbour");
 * assertEquals(catalogue.find(({ id }) => id === "leaky-mlp")?.part, "MLP");
 * assertThrows(() => chosenSabotage([{ id: "leaky-mlp", strength: 2 }]), RangeError, "0 to 1");
 * ```
 *
 * @module
 */
import * as made from "./mod.ts";
import { compose, type Sabotage } from "./sabotage.ts";

/** How strongly something may be broken. */
export interface Strength {
  /** What the number is, behind it: "times its left neighbour". */
  readonly of: string;
  /** The weakest. */
  readonly least: number;
  /** The strongest. */
  readonly most: number;
  /** What is taken unless told. */
  readonly usual: number;
  /** Whether only whole numbers make sense. */
  readonly whole?: boolean;
}

/** A sabotage that may be chosen. */
export interface Choice {
  /** What an address calls it: "leaky-mlp". */
  readonly id: string;
  /** The part of a transformer that it breaks. */
  readonly part: string;
  /** How strongly, where that can be said. */
  readonly strength?: Strength;
  /** Whether it is done to one head, which may be chosen. */
  readonly toHead?: boolean;
  /** The sabotage, as strong as told or as usual, of the head that is chosen or the first. */
  readonly make: (strength?: number, head?: HeadPlace) => Sabotage;
}

/** A head by its place. */
export type HeadPlace = readonly [layer: number, head: number];

/** What was chosen, and how strongly where that can be said. */
export interface Chosen {
  /** Its name in the catalogue. */
  readonly id: string;
  /** As usual unless told. */
  readonly strength?: number;
  /** Where it is done to one head: which one; the first unless told. */
  readonly head?: HeadPlace;
}

const LEAK: Strength = { of: "times its left neighbour", least: 0, most: 1, usual: 0.01 };
const FADING: Strength = { of: "of what came in", least: 0, most: 1, usual: 0.01 };
const PRODUCT: Strength = { of: "times what stands there", least: 0, most: 1, usual: 0.01 };
const PLACE: Strength = { of: "times the position", least: 0, most: 1, usual: 0.01 };
const SEED: Strength = { of: "as the seed", least: 1, most: 99, usual: 1, whole: true };
const TOKEN: Strength = { of: "is the token", least: 0, most: 9, usual: 5, whole: true };
const TOKENS: Strength = { of: "tokens wide", least: 1, most: 32, usual: 8, whole: true };
const SERVED: Strength = {
  of: "tokens for each expert",
  least: 0,
  most: 32,
  usual: 2,
  whole: true,
};

/** The sabotages to choose from, by the part that they break, in the order of the pipeline. */
export const catalogue: readonly Choice[] = [
  plain("fixed-length", "embedding", made.fixedLength),
  strong("neighbouring-row", "embedding", TOKEN, made.neighbouringRow),
  strong("leaky-embedding", "embedding", LEAK, leaky("hook_embed", "an embedding")),
  plain("no-positions", "positions", made.noPositions),
  plain("no-rotation", "positions", made.noRotation),
  plain("clamped-positions", "positions", made.clampedPositions),
  plain("restarted-positions", "positions", made.restartedPositions),
  plain("overwritten-stream", "stream", made.overwrittenStream),
  strong("fading-stream", "stream", FADING, made.fadingStream),
  strong("multiplying-stream", "stream", PRODUCT, made.multiplyingStream),
  plain("stream-as-wide-as-the-vocabulary", "stream", made.streamAsWideAsTheVocabulary),
  plain("through-the-vocabulary", "stream", made.throughTheVocabulary),
  plain("norm-over-positions", "normalization", made.normOverPositions),
  plain("transposed-qk", "queries and keys", made.transposedQK),
  plain("queries-in-another-basis", "queries and keys", made.queriesInAnotherBasis),
  plain("shared-keys", "queries and keys", made.sharedKeys),
  plain("normalised-qk", "queries and keys", made.normalisedQK),
  plain("zero-queries", "queries and keys", made.zeroQueries),
  plain("shuffled-qk", "queries and keys", made.shuffledQK),
  plain("unscaled-scores", "queries and keys", made.unscaledScores),
  plain("full-rank-qk", "queries and keys", made.fullRankQK),
  plain("no-causal-mask", "mask", made.noCausalMask),
  plain("mask-off-by-one", "mask", made.maskOffByOne),
  plain("mask-opens-halfway", "mask", made.maskOpensHalfway),
  strong("sliding-window", "mask", TOKENS, made.slidingWindow),
  plain("self-only-heads", "pattern", made.selfOnlyHeads),
  plain("hard-attention", "pattern", made.hardAttention),
  plain("without-softmax", "pattern", made.withoutSoftmax),
  plain("larger-budget", "pattern", made.largerBudget),
  plain("softmax-plus-one", "pattern", made.softmaxPlusOne),
  plain("summing-heads", "pattern", made.summingHeads),
  plain("constant-pattern", "pattern", made.constantPattern),
  plain("relu-values", "heads", made.reluValues),
  { id: "one-head", part: "heads", toHead: true, make: (_, head) => oneHead(head) },
  strong("shuffled-heads", "heads", SEED, made.shuffledHeads),
  strong("leaky-mlp", "MLP", LEAK, made.leakyMlp),
  strong("positioned-mlp", "MLP", PLACE, made.positionedMlp),
  plain("mixer-mlp", "MLP", made.mixerMlp),
  strong("limited-experts", "MLP", SERVED, made.limitedExperts),
  plain("zeroed-mlps", "MLP", made.zeroedMlps()),
  plain("without-mlps", "MLP", made.withoutMlps),
  plain("hidden-mlp", "MLP", made.hiddenMlp),
  plain("hidden-bilinear-mlp", "MLP", made.hiddenBilinearMlp),
  strong("leaky-unembedding", "unembedding", LEAK, leaky("logits", "an unembedding")),
  plain("one-prediction-for-the-window", "unembedding", made.onePredictionForTheWindow),
  plain("one-logit-for-each-position", "unembedding", made.oneLogitForEachPosition),
  strong("untrained", "weights", SEED, made.untrained),
];

/**
 * The sabotage that was chosen, or all of them together, one after the other; none for no choice.
 *
 * @throws {RangeError} If there is no such sabotage, or not so strong a one.
 */
export function chosenSabotage(chosen: readonly Chosen[]): Sabotage | undefined {
  const [first, ...others] = chosen.map(({ id, strength, head }) => {
    const choice = catalogue.find((each) => each.id === id);
    if (!choice) throw new RangeError(`There is no sabotage "${id}"`);
    return choice.make(checkStrength(choice, strength), head);
  });
  return first && (others.length > 0 ? compose(first, ...others) : first);
}

function checkStrength(
  { id, strength: range }: Choice,
  strength: number | undefined = range?.usual,
): number | undefined {
  if (strength === undefined || !range) return undefined;
  const { least, most, whole } = range;
  const fits = strength >= least && strength <= most && (!whole || Number.isInteger(strength));
  if (fits) return strength;
  const required = `${whole ? "a whole number" : "a number"} from ${least} to ${most}`;
  throw new RangeError(`Cannot break by "${id}": ${required} is required, got ${strength}`);
}

function plain(id: string, part: string, sabotage: Sabotage): Choice {
  return { id, part, make: () => sabotage };
}

function strong(
  id: string,
  part: string,
  strength: Strength,
  make: (strength: number) => Sabotage,
): Choice {
  return { id, part, strength, make: (given = strength.usual) => make(given) };
}

function oneHead([layer, head]: HeadPlace = [0, 0]): Sabotage {
  const name = "one head switched off";
  const description = `What head ${head} of layer ${layer} has read is replaced by zeros.`;
  return { ...made.withoutHeads([{ layer, head }], "zero"), name, description };
}

function leaky(hook: string, part: string): (strength: number) => Sabotage {
  return (strength) => made.tokenShift(hook, part, strength);
}
