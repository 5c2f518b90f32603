/** What a reader of question 02 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"encoding" | "scores" | "bag" | "blind" | "linear"> = (
  { tryBreaking },
  { encoding, scores, bag, blind, linear },
) => {
  tryBreaking("no-causal-mask", { notice: [encoding], stand: [scores, bag] })`Every token sees the
    whole text. Models of two layers or more that are told no positions now have nothing to tell
    orders apart by: what the answer refutes, that only an encoding can give order, comes true
    ${encoding}. Rotary positions and ALiBi do without the mask ${scores}. And in one layer the last
    token has always seen all the others, in no order ${bag}: what the mask adds needs a second
    layer to read it.`;

  tryBreaking("positioned-mlp", { notice: [blind], stand: [bag] })`Each MLP is told where it stands,
    so what it writes depends on the place and not on the vector alone. That is a positional
    encoding by another door: models without positions and without a mask notice order again
    ${blind}. In one layer the last prediction still ignores it ${bag}: attention has read before
    any MLP has written, and the last token has kept its place.`;

  tryBreaking("self-only-heads", {
    notice: [scores, encoding],
    stand: [blind, bag],
  })`No head reads any token but its own, so each position works alone. Rotary positions and ALiBi
    no longer give order ${scores}, and neither does the mask ${encoding}: all they can do is to
    steer attention, and there is nothing left to steer. What ignored order before ignores it still
    ${blind}, ${bag}. A prediction learns of other tokens, and so of their order, through attention
    or not at all.`;

  tryBreaking("linear-mlp", { stand: [linear, blind] })`The nonlinear function inside each MLP is
    left out. Is everything linear now, as the question has it? No ${linear}: LayerNorm still
    divides by a size that depends on the vector, and softmax still makes shares that depend on all
    scores. Nor do MLPs see order now ${blind}: that they work on one position at a time was never
    due to this function.`;
};
