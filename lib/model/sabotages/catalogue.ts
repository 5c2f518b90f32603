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
import type { Chosen, HeadPlace } from "./chosen.ts";
import * as made from "./mod.ts";
import { compose, type Sabotage } from "./sabotage.ts";

export type { Chosen, HeadPlace };

/** How strongly something may be broken. */
export interface Strength {
  /** What the number is, in words that stand alone behind it: "times the left neighbour". */
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

/** A strength from nothing to one. */
const upToOne = (of: string, usual = 0.01): Strength => ({ of, least: 0, most: 1, usual });

/** A strength that is a whole number. */
const whole = (of: string, least: number, most: number, usual: number): Strength => {
  return { of, least, most, usual, whole: true };
};

const LEAK = upToOne("times the left neighbour");
const FADING = upToOne("of what came into each block");
const PRODUCT = upToOne("times what the stream holds");
const PLACE = upToOne("times the position");
const SEED = whole("as the seed", 1, 99, 1);
const TOKEN = whole("as the number of the token", 0, 9, 5);
const TOKENS = whole("tokens in the window", 1, 32, 8);
const SERVED = whole("tokens for each expert", 0, 32, 2);
const SHARE = upToOne("of the weight that hidden tokens would have");
const DROPPED: Strength = { of: "of all attention weights", least: 0, most: 0.9, usual: 0.1 };
const LONGER = upToOne("times the length of each query, added to it");
const EPS = upToOne("added to the variance");
const STEP = upToOne("as the step of the rounding", 2 ** -10);
const CAP = upToOne("for 1 divided by the cap", 0.03);

/** The sabotages to choose from, by the part that they break, in the order of the pipeline. */
export const catalogue: readonly Choice[] = [
  plain("fixed-length", "embedding", made.fixedLength),
  strong("neighbouring-row", "embedding", TOKEN, made.neighbouringRow),
  strong("leaky-embedding", "embedding", LEAK, leaky("hook_embed", "an embedding")),
  plain("long-embeddings", "embedding", made.longEmbeddings),
  plain("no-positions", "positions", made.noPositions),
  plain("clamped-positions", "positions", made.clampedPositions),
  plain("restarted-positions", "positions", made.restartedPositions),
  plain("table-off-by-one", "positions", made.tableOffByOne),
  plain("counted-from-the-end", "positions", made.countedFromTheEnd),
  plain("positions-added-twice", "positions", made.positionsAddedTwice),
  plain("sines-before-cosines", "positions", made.sinesBeforeCosines),
  plain("wrong-waves", "positions", made.wrongWaves),
  plain("no-rotation", "rotary positions", made.noRotation),
  plain("wrong-pairs", "rotary positions", made.wrongPairs),
  plain("wrong-base", "rotary positions", made.wrongBase),
  plain("unscaled-rotation", "rotary positions", made.unscaledRotation),
  plain("keys-turned-one-further", "rotary positions", made.keysTurnedOneFurther),
  plain("queries-turned-backwards", "rotary positions", made.queriesTurnedBackwards),
  plain("turned-values", "rotary positions", made.turnedValues),
  plain("alibi-reward", "ALiBi", made.alibiReward),
  plain("alibi-one-slope", "ALiBi", made.alibiOneSlope),
  plain("alibi-any-count", "ALiBi", made.alibiAnyCount),
  plain("overwritten-stream", "stream", made.overwrittenStream),
  strong("fading-stream", "stream", FADING, made.fadingStream),
  strong("multiplying-stream", "stream", PRODUCT, made.multiplyingStream),
  plain("stream-added-twice", "stream", made.streamAddedTwice),
  plain("last-block-skipped", "stream", made.lastBlockSkipped),
  strong("rounded-stream", "stream", STEP, made.roundedStream),
  plain("stream-as-wide-as-the-vocabulary", "stream", made.streamAsWideAsTheVocabulary),
  plain("through-the-vocabulary", "stream", made.throughTheVocabulary),
  plain("norm-over-positions", "normalization", made.normOverPositions),
  strong("larger-eps", "normalization", EPS, made.largerEps),
  plain("without-eps", "normalization", made.withoutEps),
  plain("sample-variance", "normalization", made.sampleVariance),
  plain("uncentred-norm", "normalization", made.uncentredNorm),
  plain("centred-norm", "normalization", made.centredNorm),
  plain("norm-without-weight", "normalization", made.normWithoutWeight),
  plain("norm-without-bias", "normalization", made.normWithoutBias),
  plain("norm-afterwards", "normalization", made.normAfterwards),
  plain("without-final-norm", "normalization", made.withoutFinalNorm),
  plain("transposed-qk", "queries and keys", made.transposedQK),
  plain("queries-in-another-basis", "queries and keys", made.queriesInAnotherBasis),
  plain("shared-keys", "queries and keys", made.sharedKeys),
  plain("keys-in-turn", "queries and keys", made.keysInTurn),
  plain("normalised-qk", "queries and keys", made.normalisedQK),
  plain("zero-queries", "queries and keys", made.zeroQueries),
  plain("shuffled-qk", "queries and keys", made.shuffledQK),
  plain("unscaled-scores", "queries and keys", made.unscaledScores),
  plain("scaled-by-width", "queries and keys", made.scaledByWidth),
  plain("scaled-by-model-width", "queries and keys", made.scaledByModelWidth),
  strong("longer-queries", "queries and keys", LONGER, made.longerQueries),
  plain("full-rank-qk", "queries and keys", made.fullRankQK),
  plain("no-causal-mask", "mask", made.noCausalMask),
  plain("mask-off-by-one", "mask", made.maskOffByOne),
  plain("mask-opens-halfway", "mask", made.maskOpensHalfway),
  plain("strict-mask", "mask", made.strictMask),
  plain("transposed-mask", "mask", made.transposedMask),
  strong("soft-mask", "mask", SHARE, made.softMask),
  plain("mask-after-softmax", "mask", made.maskAfterSoftmax),
  strong("sliding-window", "mask", TOKENS, made.slidingWindow),
  plain("self-only-heads", "pattern", made.selfOnlyHeads),
  plain("hard-attention", "pattern", made.hardAttention),
  plain("without-softmax", "pattern", made.withoutSoftmax),
  plain("softmax-over-queries", "pattern", made.softmaxOverQueries),
  plain("softmax-base-two", "pattern", made.softmaxBaseTwo),
  plain("larger-budget", "pattern", made.largerBudget),
  plain("softmax-plus-one", "pattern", made.softmaxPlusOne),
  strong("dropout", "pattern", DROPPED, made.dropout),
  plain("summing-heads", "pattern", made.summingHeads),
  plain("constant-pattern", "pattern", made.constantPattern),
  plain("relu-values", "heads", made.reluValues),
  { id: "one-head", part: "heads", toHead: true, make: (_, head) => oneHead(head) },
  plain("values-without-bias", "heads", made.valuesWithoutBias),
  plain("swapped-queries", "heads", made.swappedQueries),
  plain("heads-in-reverse", "heads", made.headsInReverse),
  plain("joined-untransposed", "heads", made.joinedUntransposed),
  plain("last-head-left-out", "heads", made.lastHeadLeftOut),
  plain("bias-of-every-head", "heads", made.biasOfEveryHead),
  strong("shuffled-heads", "heads", SEED, made.shuffledHeads),
  strong("leaky-mlp", "MLP", LEAK, made.leakyMlp),
  strong("positioned-mlp", "MLP", PLACE, made.positionedMlp),
  plain("mixer-mlp", "MLP", made.mixerMlp),
  strong("limited-experts", "MLP", SERVED, made.limitedExperts),
  plain("zeroed-mlps", "MLP", made.zeroedMlps()),
  plain("without-mlps", "MLP", made.withoutMlps),
  plain("hidden-mlp", "MLP", made.hiddenMlp),
  plain("hidden-bilinear-mlp", "MLP", made.hiddenBilinearMlp),
  plain("steep-gelu", "MLP", made.steepGelu),
  plain("exact-gelu", "MLP", made.exactGelu),
  plain("relu-mlp", "MLP", made.reluMlp),
  plain("linear-mlp", "MLP", made.linearMlp),
  plain("gate-missing", "MLP", made.gateMissing),
  plain("gate-exchanged", "MLP", made.gateExchanged),
  plain("mlp-without-bias", "MLP", made.mlpWithoutBias),
  strong("leaky-unembedding", "unembedding", LEAK, leaky("logits", "an unembedding")),
  strong("neighbouring-logit", "unembedding", TOKEN, made.neighbouringLogit),
  plain("logits-one-late", "unembedding", made.logitsOneLate),
  plain("logits-without-bias", "unembedding", made.logitsWithoutBias),
  strong("capped-logits", "unembedding", CAP, made.cappedLogits),
  plain("one-prediction-for-the-window", "unembedding", made.onePredictionForTheWindow),
  plain("one-logit-for-each-position", "unembedding", made.oneLogitForEachPosition),
  plain("positions-skip-one", "cache", made.positionsSkipOne),
  plain("unturned-new-keys", "cache", made.unturnedNewKeys),
  plain("forgetful-cache", "cache", made.forgetfulCache),
  plain("cache-one-behind", "cache", made.cacheOneBehind),
  plain("detached-patches", "interventions", made.detachedPatches),
  plain("zero-patches", "interventions", made.zeroPatches),
  plain("transposed-queries", "weights", made.transposedQueries),
  plain("half-precision-weights", "weights", made.halfPrecisionWeights),
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

/** @param place Which; the first unless told, and then it has the name that all of them share. */
function oneHead(place?: HeadPlace): Sabotage {
  const [layer, head] = place ?? [0, 0];
  const name = place ? `layer ${layer}, head ${head} off` : "one head switched off";
  const description =
    `Head ${head} of layer ${layer} still looks, but what it has read is replaced by zeros.`;
  return { ...made.withoutHeads([{ layer, head }], "zero"), name, description };
}

function leaky(hook: string, part: string): (strength: number) => Sabotage {
  return (strength) => made.tokenShift(hook, part, strength);
}
