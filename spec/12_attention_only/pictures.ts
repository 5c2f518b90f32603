/** What the pictures of attention-only models show. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type { Continuation } from "../../lib/circuits/mod.ts";
import type * as heads from "./heads.ts";
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
  title: "Only two layers predict a random sequence that is said again",
  caption:
    "The loss at each token. From zero on, the sequence is said again; its first token cannot be " +
    "known. One layer learns a little about which tokens to expect. Without a layer nothing is " +
    "learned from what was said, and the model is worse than an even guess: it bets on tokens " +
    "that " +
    "follow each other in prose, and here any token may follow. First seeds; the second are alike.",
  on: ({ model, control }) => model in LAYERS && control !== "tokens in another order",
  x: { label: "tokens since the sequence began again", of: "around.place" },
  y: { label: "loss", unit: "nats", of: "around.nats" },
  series: ({ model }) => LAYERS[model],
  reference: [EVEN],
});

export const known = pictures.dots<Continuation>({
  title: "Which token of the sequence comes next? One layer hardly knows, two layers do",
  caption:
    "One is always knowing the next token; zero is guessing evenly among the sequence's tokens; " +
    "below zero are bets worse than that. Each length has two dots of one layer, one for each " +
    "seed; " +
    "that of two layers is of the first seed. One layer bets on fixed distances: where its dots " +
    "are higher, some head happens to look about as far back as the sequence is long.",
  on: ({ control }) => control === undefined || control === "two layers",
  x: { label: "tokens in the sequence", of: "rows.block" },
  y: { label: "score", of: "rows.known" },
  series: ({ control }) => control ?? "one layer",
});

export const overSentence = pictures.arcs<Found<ReturnType<typeof heads.circuit>>>({
  title: 'From the second "to", an induction head looks at "be", which followed the first "to"',
  caption:
    "Two heads of one trained model over a sentence, from where they look to what they look at; " +
    "attention below a fifth is left out. The first-layer head looks one place back. The " +
    "second-layer head is shown from tokens that stood in the sentence before: it looks at what " +
    "followed them then. In prose it gives this a part of its attention, in random sequences " +
    "said " +
    "again nearly all. The strongest induction head of the other seed does so in such sequences " +
    "only; in this sentence it rests on the first token.",
  on: { model: two[1] },
  of: ({ evidence: { sentence: { pieces, back, behind } } }) => [
    { name: "first layer: a previous-token head", tokens: pieces, arcs: back },
    { name: "second layer: an induction head", tokens: pieces, arcs: behind },
  ],
  value: { label: "attention" },
});

export const shares = pictures.bars<Found<ReturnType<typeof heads.circuit>>>({
  title: "What each head looks at where a random sequence is said again",
  caption: "In the first of two models: the share of a head's attention that goes to the token " +
    "before, to its own token (itself and earlier copies), and to what followed those copies. " +
    "Heads are named by layer and number, both counted from zero; the last bars are those of a " +
    "head that looks at everything alike. In the second model, one second-layer head hardly " +
    "looks at any of these.",
  on: { model: two[0] },
  x: { label: "head", of: "shares.head" },
  y: { label: "share of attention", of: "shares.share" },
  series: ({ evidence }) => evidence.shares.map(({ at }) => at),
});

const INPUTS = { Q: "queries", K: "keys", V: "values" } as const;

export const meetings = pictures.dots<Found<ReturnType<typeof heads.meetings>>>({
  title: "Induction heads read the previous-token head by their keys",
  caption:
    "How well each induction head's queries, keys and values fit what the previous-token head " +
    "writes: the size of the product of the two heads' matrices, over the product of their " +
    "sizes. Zero is no fit; the line is where a head would be that reads all written directions " +
    "equally strongly. Beside each trained head stands chance: its scores had the " +
    "previous-token head written in random directions. Only keys lie above chance for all heads " +
    "in both seeds; in the first, three of four values do, too, though the loss needs only the " +
    "keys. Other heads of the first layer are not shown: some fit above chance as well; we did " +
    "not ask why.",
  x: {
    label: "input, by seed",
    of: ({ model, evidence }) => evidence.dots.map(({ by }) => `${INPUTS[by]}, ${seed(model)}`),
  },
  y: { label: "how well they fit", of: "dots.score" },
  series: ({ evidence }) => evidence.dots.map(({ who }) => who),
  // Where all directions written are read, each of a head's width of them alike.
  reference: [{ y: 1 / Math.sqrt(two[0].config!.d_head), label: "reads all directions alike" }],
});

/** @param who Which head is taken out. */
function missed(who: string, caption: string) {
  return pictures.bars<Found<ReturnType<typeof heads.without>>>({
    title: `What is lost without the ${who}`,
    caption: `The loss where a random sequence is said again, when what the ${who} writes is ` +
      `taken from nothing, from everything that reads it, or from one input of the second ` +
      `layer. ${caption}`,
    x: { label: "taken from", of: "bars.from" },
    y: { label: "loss", unit: "nats", of: "bars.nats" },
    series: ({ model }) => seed(model),
    reference: [EVEN],
  });
}

export const previousMissed = missed(
  "previous-token head",
  "Without it in the keys the model guesses; in queries and values it is not missed.",
);

export const ownMissed = missed(
  "head that looks at its own token",
  "It is needed in the queries; in the values, too, in the first seed, while the second goes on.",
);
