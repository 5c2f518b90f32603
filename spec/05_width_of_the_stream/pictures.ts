/** The pictures of question 05. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type { counted, withTwiceTheWords } from "./sizes.ts";
import { small } from "./subjects.ts";

export const ends = pictures.bars<ReturnType<typeof withTwiceTheWords>>({
  title: "With twice the vocabulary, only the logits take more room",
  caption: "How many numbers GPT-2 small computes on the way, for a full window, with its own " +
    "vocabulary and with one twice as large. What stands on the stream stays as it was.",
  on: { model: small },
  x: { label: "activation", of: "sizes.name" },
  y: {
    label: "numbers, in millions",
    of: { "its vocabulary": "sizes.once", "twice the vocabulary": "sizes.twice" },
  },
});

/** Parts of the count, in words. */
const PARTS = {
  embed: "embedding",
  pos_embed: "positions",
  attn: "attention",
  mlp: "MLPs",
  ln: "LayerNorms",
  unembed: "unembedding, shared with the embedding",
};

export const parts = pictures.bars<ReturnType<typeof counted>>({
  title: "The table of tokens is nearly a third of GPT-2 small's parameters",
  caption: "Learned numbers by the part that they belong to. The embedding is the one tensor of " +
    "about 768 by 50,000: read at the start, and once more at the end, where it serves as " +
    "the unembedding. So the unembedding adds none of its own.",
  x: { label: "part", of: () => Object.values(PARTS) },
  y: {
    label: "parameters",
    unit: "millions",
    of: ({ evidence: { parameters } }) =>
      Object.keys(PARTS).map((part) => parameters[part as keyof typeof PARTS] / 1e6),
  },
});
