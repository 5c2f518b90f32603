/** The pictures of question 10. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type { InfluenceEvidence } from "../../lib/circuits/mod.ts";
import { small } from "./subjects.ts";

export const local = pictures.heatmap<InfluenceEvidence>({
  title: "An MLP's output moves where its input was nudged, and nowhere else",
  caption:
    "Each row is one experiment: the stream of a small GPT is nudged at one position before " +
    "the first MLP, and colour shows how far that MLP's output moved at each position. The " +
    "leaky MLP mixes in a hundredth of its left neighbour's output: to the right of each " +
    "dark cell stands a pale one, and no stroke.",
  on: ({ model }) => model.startsWith(small.name),
  x: { label: "position read" },
  y: { label: "position nudged" },
  value: { label: "moved by", of: "moved" },
  series: ({ control }) => control ?? "the MLP as it is",
  log: true,
});

export const reaching = pictures.heatmap<InfluenceEvidence>({
  title: "Attention's output moves at later positions as well",
  caption: "The same experiment before the first attention layer: positions after the nudged one " +
    "move, and positions before it never do, since the causal mask hides them.",
  on: { model: small },
  x: { label: "position read" },
  y: { label: "position nudged" },
  value: { label: "moved by", of: "moved" },
});
