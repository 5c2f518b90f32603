import type { Explained } from "../../report/matrix/unexplained.ts";

/** Nothing divided by nothing, of which no number comes that a claim could check. */
const NO_NUMBER =
  "what is compared is zero or minus infinity throughout, and their ratio no number";
const TAKEN = "the claim is about something that the sabotage takes away";
const CACHED = "a past holds keys and values only, and this mixes positions elsewhere";

/** Claims whose own controls are other models or measures, which make them fail. */
const BELIEF = "a belief that is wrong of broken models, too: its own controls hold";
const WEIGHTS = "it is about stored weights, which a change of the graph leaves as they are";
const OTHERS = "it compares heads with each other, and its own control is another model";

/** Crashes that are to be expected: under which sabotage ("" for any), of which claims, and why. */
const CRASHES: readonly (readonly [id: string, claims: RegExp, why: string])[] = [
  ["fixed-length", /./, "it takes texts of one length, and the claim gives it others"],
  ["no-positions", /^08\//, TAKEN],
  [
    "clamped-positions",
    /^(04|05|07|08|11)\//,
    "its table is in no config, whose parameters are compared",
  ],
  ["without-mlps", /^1[02]\//, TAKEN],
  [
    "no-causal-mask",
    /^09\/decoding/,
    "nothing can be cached where later tokens change earlier ones",
  ],
  ["full-rank-qk", /^09\/decoding/, CACHED],
  ["limited-experts", /^09\/decoding/, CACHED],
  ["mixer-mlp", /^09\/decoding/, CACHED],
  ["zero-queries", /^(04|13)\//, NO_NUMBER],
  ["one-head", /^(03|04|11|13)\//, NO_NUMBER],
  ["last-head-left-out", /^(03|04|11|13)\//, NO_NUMBER],
  ["detached-patches", /^03\//, NO_NUMBER],
  ["logits-one-late", /^03\//, NO_NUMBER],
  ["transposed-mask", /^13\//, NO_NUMBER],
  ["strict-mask", /^1[03]\//, NO_NUMBER],
  ["sliding-window", /^13\//, NO_NUMBER],
  ["self-only-heads", /^(04|13)\//, NO_NUMBER],
  ["constant-pattern", /^0[67]\//, "it has no place for texts longer than its window"],
  ["one-logit-for-each-position", /./, "there are no words left to predict"],
  [
    "stream-as-wide-as-the-vocabulary",
    /^08\/(returns-of-width|wide-or-deep)/,
    "it compares widths, and this makes all of them alike",
  ],
  [
    "",
    /^04\/how-flat-heads-are-missed$/,
    "it compares flat heads with others, of which the broken models may lack one kind",
  ],
];

/** Why a claim cannot be asked under a sabotage, if that is known. */
export function crashExplained(id: string, claim: string): string | undefined {
  return CRASHES.find(([under, claims]) => ["", id].includes(under) && claims.test(claim))?.[2];
}

/** What else is known to be as it is. */
export const EXPLAINED: Explained = {
  survivors: {
    "half-precision-weights": "other weights by less than any bound tells, of a sound transformer",
  },
  claims: {
    "01/near-certainty": BELIEF,
    "01/own-token": BELIEF,
    "02/reading-is-linear": BELIEF,
    "03/attribution-is-necessity": BELIEF,
    "03/heads-beyond-their-size": OTHERS,
    "04/a-head-carries-little": WEIGHTS,
    "08/a-large-start-stays": WEIGHTS,
    "08/positions-fill-few-dimensions": WEIGHTS,
    "08/prose-makes-a-ruler": WEIGHTS,
    "09/a-window-that-slides": "its control has what it names done to other models than these",
    "09/perplexity": "it is arithmetic on whatever probabilities come out",
    "10/limited-experts": "its models have the sabotage in them already",
    "10/without-attention": "its models have the sabotage in them already",
    "12/mlps-of-zero": "the two that it compares are broken alike",
    "13/a-pair-has-low-rank": WEIGHTS,
    "13/normalised-collapse": BELIEF,
  },
};
