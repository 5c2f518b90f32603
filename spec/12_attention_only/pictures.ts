/** What the pictures of attention-only models show. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type { Continuation } from "../../lib/circuits/mod.ts";
import type * as heads from "./heads.ts";
import { kindOfLength } from "./guesses.ts";
import { two } from "./subjects.ts";

/** What a measurement finds. */
type Found<Measure extends (...given: never[]) => unknown> = Awaited<ReturnType<Measure>>;

/** Every token equally likely, of those that these models know. */
const EVEN = { y: Math.log(two[0].config!.d_vocab), label: "every token equally likely" };

const seed = (model: string) => model.endsWith("/1") ? "first seed" : "second seed";

const LAYERS: Readonly<Record<string, string>> = {
  "attn-0l/1": "no layer",
  "attn-1l/1": "one layer",
  "attn-2l/1": "two layers",
};

export const again = pictures.lines<Continuation>({
  title: "Only two layers know what comes next in a block that is said again",
  caption:
    "The loss on blocks of random tokens, from zero on said again; that it begins again is " +
    "still news. One layer knows somewhat which tokens to expect; without a layer, nothing is " +
    "learned from the repeat. First seeds; the second ones are alike.",
  on: ({ model, control }) => model in LAYERS && control !== "tokens in another order",
  x: { label: "tokens since the block began again", of: "around.place" },
  y: { label: "loss", unit: "nats", of: "around.nats" },
  series: ({ model }) => LAYERS[model],
  reference: [EVEN],
});

export const known = pictures.dots<Continuation>({
  title: "How much does a model know of which of the block's tokens comes next?",
  caption:
    "Zero is an even guess among the block's tokens, one is certainty; guesses are made as " +
    "sure as suits them best over all lengths. Each length has a dot for each model. One layer " +
    "bets on distances, and each distance suits some lengths.",
  on: ({ control }) => control === undefined || control === "two layers",
  x: { label: "tokens in the block", of: "rows.block" },
  y: { label: "known, of all there is to know", of: "rows.known" },
  series: ({ control, evidence }) =>
    evidence.rows.map(({ block }) => control ?? `one layer, ${kindOfLength(block)}`),
});

export const overSentence = pictures.arcs<Found<ReturnType<typeof heads.circuit>>>({
  title: "Induction: the place where it stood, and one further",
  caption:
    "Two heads of one trained model over a sentence, from where they look to what they look " +
    "at; weights below a fifth are left out. Above, a head of the first layer looks one place " +
    "back. Below, one of the second, from tokens that stood in the sentence before: from the " +
    'second "to" it looks at "be", which followed the first. In prose it gives this a part of ' +
    "its weight, in blocks that repeat nearly all. The strongest such head of the other seed wakes " +
    "only in repeated blocks; in this sentence it rests on the first token.",
  on: { model: two[1] },
  of: ({ evidence: { sentence: { pieces, back, behind } } }) => [
    { name: "first layer: a previous-token head", tokens: pieces, arcs: back },
    { name: "second layer: an induction head", tokens: pieces, arcs: behind },
  ],
  value: { label: "weight" },
});

export const shares = two.map((model) =>
  pictures.bars<Found<ReturnType<typeof heads.circuit>>>({
    title: `What each head looks at where blocks are said again (${seed(model.name)})`,
    caption: "The share of a head's attention that goes to the token before, to its own token " +
      "(itself and earlier copies), and to what followed those. Heads are named by layer and " +
      "number, counted from zero; the last bars are those of a head that looks at everything alike.",
    on: { model },
    x: { label: "head", of: "shares.head" },
    y: { label: "share of attention", of: "shares.share" },
    series: ({ evidence }) => evidence.shares.map(({ at }) => at),
  })
);

const INPUTS = { Q: "queries", K: "keys", V: "values" } as const;

export const meetings = pictures.dots<Found<ReturnType<typeof heads.meetings>>>({
  title: "The second layer's keys are made from what the previous-token head writes",
  caption:
    "Composition of each head of the first layer with each of the second: zero if one reads " +
    "nothing of what the other writes, one if nothing else. What is turned at random is chance. " +
    "Other heads meet above chance as well, also by values; what for was not asked.",
  x: {
    label: "input, by seed",
    of: ({ model, evidence }) => evidence.dots.map(({ by }) => `${INPUTS[by]}, ${seed(model)}`),
  },
  y: { label: "composition", of: "dots.score" },
  series: ({ evidence }) => evidence.dots.map(({ who }) => who),
});

/** @param who Which head is taken out. */
function missed(who: string, caption: string) {
  return pictures.bars<Found<ReturnType<typeof heads.without>>>({
    title: `Where the ${who} is missed`,
    caption: `The loss where a block is said again, with what the ${who} wrote taken from ` +
      `nothing, from everything that reads it, or from one input of the second layer. ${caption}`,
    x: { label: "taken from", of: "bars.from" },
    y: { label: "loss", unit: "nats", of: "bars.nats" },
    series: ({ model }) => seed(model),
    reference: [EVEN],
  });
}

export const previousMissed = missed(
  "previous-token head",
  "Taken from the keys alone, all is lost; from the queries or values, nothing.",
);

export const ownMissed = missed(
  "head that looks at its own token",
  "Here it is the queries that need it, in one of the models values too.",
);
