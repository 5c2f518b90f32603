/** What a reader of question 01 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"blind" | "prefix" | "shape"> = (
  { tryBreaking },
  { blind, prefix, shape },
) => {
  tryBreaking("no-causal-mask", { notice: [blind, prefix], stand: [shape] })`Every token sees
    those after it, so an edit reaches back: predictions before it move ${blind}, and cutting the
    text off changes what stood before the cut ${prefix}. There is still a prediction at every
    position ${shape}: the mask does not make the exercises, it keeps their answers out of sight.`;

  tryBreaking("mask-opens-halfway", { notice: [blind, prefix] })`In the first half of the text
    nothing is wrong; from there on each token sees all of them. One such place is enough to be
    noticed, since what is asked is that no earlier prediction moves at all ${blind}.`;

  tryBreaking("no-positions", { stand: [blind, prefix, shape] })`The model is no longer
    told where its tokens stand, but still none of its guesses looks ahead: to hide the future is
    the work of the mask alone ${blind}.`;
};
