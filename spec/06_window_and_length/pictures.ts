/** The pictures of question 06. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type { reachByLayer, triedLengths } from "./mod.ts";
import { learned, rotary, tall } from "./subjects.ts";

const WINDOW = learned.config!.n_ctx;

export const lengths = pictures.sentence<Awaited<ReturnType<typeof triedLengths>>>({
  title: "Every length up to the window runs; past it, some models refuse",
  caption:
    `Texts of different lengths, given to models with a window of ${WINDOW} tokens. In each ` +
    "box stands how many tokens were given, and under it how many predictions came out. A " +
    "model whose sequence axis was fixed on purpose, to compare with, takes one length only.",
  on: ({ model, control }) =>
    model.startsWith(rotary.name) || (model === learned.name && control === undefined),
  value: { label: "share of the tokens that got a prediction" },
  of: ({ control, evidence }) => {
    const tried = evidence.tried.toSorted((a, b) => a.length - b.length);
    return {
      name: control ?? `${evidence.positions} positions`,
      tokens: tried.map(({ length }) => ` ${length}`),
      under: tried.map(({ refusal, predictions }) => refusal ? "refused" : `${predictions}`),
      shade: tried.map(({ length, predictions }) => predictions / length),
    };
  },
});

export const sliding = pictures.lines<Awaited<ReturnType<ReturnType<typeof reachByLayer>>>>({
  title: "With a sliding window, each layer carries a token two places on",
  caption:
    "A token of a short text is edited, and its effect is followed through the layers. Heads " +
    "that see three places see their own and the two before it, so with each layer the " +
    "effect spreads by two. Where heads see everything, the first layer already takes it to " +
    "the end of the text. Where only every second layer has a sliding window, the second layer " +
    "already reaches the end, and from there on this line lies on that of heads that see " +
    "everything.",
  on: ({ model }) => model.startsWith(tall.name),
  x: { label: "layers", of: ({ evidence }) => evidence.reach.map((_, layer) => layer + 1) },
  y: { label: "distance to the last place that feels it", of: "reach" },
  series: ({ control }) => control ?? "a sliding window in every layer",
});
