/** The pictures of question 01. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type { InfluenceEvidence, RepeatedTokensLoss } from "../../lib/circuits/mod.ts";
import { mean } from "../../lib/tensor/mod.ts";
import * as models from "../../fixtures/mod.ts";
import type { Guesses } from "./guesses.ts";
import { copiers, masked, unmasked } from "./subjects.ts";

export const hidden = pictures.heatmap<InfluenceEvidence>({
  title: "With the mask, an edited token is felt from its own place on",
  caption: "Each row is one experiment: one token is edited, and colour shows how far the logits " +
    "moved at each position. Left of the diagonal lies what came before the edit. With the " +
    "mask nothing moves there, which a stroke marks. Without it, all moves. A " +
    "mask that lets each layer see one place ahead leaks two places over two layers.",
  on: ({ model, control }) =>
    model.startsWith(masked[0].name) && control !== "a mask that opens halfway",
  x: { label: "position read" },
  y: { label: "position edited" },
  value: { label: "moved by", of: "moved" },
  series: ({ control }) => control ?? "a small GPT, with its mask",
  log: true,
});

export const sentence = pictures.sentence<Guesses>({
  title: "What a model expects after each word of a sentence that it has never seen",
  caption:
    "Under each word piece stands the model's best guess of the next one; the stronger its " +
    "colour, the surer. Inside a word it is often right.",
  on: { model: models.gpt },
  value: { label: "probability of the guess" },
  of: ({ evidence: e }) => ({ tokens: e.pieces, under: e.best, shade: e.sure }),
});

/** Positions that are averaged, since four texts leave each one to chance. */
const SPAN = 10;

const NAMES: Readonly<Record<string, string>> = {
  [models.gpt.name]: "the largest GPT here",
  [masked[0].name]: "a small GPT",
  [unmasked[0].name]: "the small GPT trained without the mask",
  [models.beforeTraining(masked[0]).name]: "the small GPT, untrained",
};

export const guessed = pictures.lines<Guesses>({
  title: "With the mask the next token is a guess; without it, it is copied",
  caption:
    `The probability that a model gives to the token that comes next: the mean over four texts ` +
    `that it has never seen and ${SPAN} positions at a time. The window of the small models is ` +
    "shorter, so their lines end sooner.",
  on: ({ model }) => model in NAMES,
  x: { label: "position", of: ({ evidence }) => spans(evidence).map((_, i) => (i + 0.5) * SPAN) },
  y: { label: "probability of the next token", of: ({ evidence }) => spans(evidence).map(mean) },
  series: ({ model }) => NAMES[model],
});

function spans({ nextByPosition: all }: Guesses): number[][] {
  const starts = all.map((_, i) => i).filter((i) => i % SPAN === 0);
  return starts.map((start) => all.slice(start, start + SPAN));
}

export const repeats = pictures.lines<RepeatedTokensLoss>({
  title: "A random block cannot be foreseen until it is said again",
  caption: "The loss at each position of a random block that is said twice; the lines of the two " +
    "seeds lie on each other. The second time they copy what followed the first time. Where " +
    "the same tokens come in another order, what followed a token the first time hardly ever " +
    "does again, and models that copy name the wrong token. Where other tokens come, the loss " +
    "rises after position 48: no block was longer when these models were trained, " +
    "and from there on they expect what has been said before.",
  on: ({ model, control }) =>
    control === undefined || model.startsWith(copiers[0].name) && !/prose/.test(control),
  x: { label: "position", of: "index" },
  y: { label: "loss", unit: "nats", of: "byPosition" },
  series: ({ control, model }) => {
    if (control === "untrained weights") return "said twice, to an untrained model";
    return control ?? `said twice, ${model === copiers[0].name ? "first" : "second"} seed`;
  },
});
