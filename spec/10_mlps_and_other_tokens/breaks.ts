/** What a reader of question 10 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"local" | "alike" | "alone" | "attention" | "rest"> = (
  { tryBreaking },
  { local, alike, alone, attention, rest },
) => {
  tryBreaking("leaky-mlp", {
    notice: [local, alike, alone],
    stand: [attention],
  })`Each MLP now adds a little of what it gave one place to the left. So a nudge shows up one place
    further on, too ${local}, and shuffled vectors, which have other neighbours, come out otherwise
    ${alike}. Even where every position attends only to itself, something arrives from before
    ${alone}. The leak is weak, but what these claims ask for is exactly zero. Attention itself was
    not touched ${attention}.`;

  tryBreaking("positioned-mlp", {
    notice: [alike],
    stand: [local, alone],
  })`Each MLP now adds to its hidden numbers something that grows with the position. It is no longer
    the same function everywhere: a vector that is moved to another place comes out otherwise
    ${alike}. And still nothing passes from one position to another ${local}${alone}. To be told
    where one stands is not to be told what stands elsewhere.`;

  tryBreaking("no-causal-mask", {
    notice: [attention],
    stand: [local, alike, rest],
  })`Now every position may look ahead, so a nudge before attention moves earlier positions as well
    ${attention}. MLPs are given vectors that know of the whole text. But they are given them one at
    a time, as before ${local}${alike}. The mask says who may read whom, and only attention reads
    from others: embedding, LayerNorm and MLPs have nothing to be masked ${rest}.`;

  tryBreaking("norm-over-positions", {
    notice: [local, rest],
  })`No MLP is touched. But the LayerNorm right before it now divides each vector by a number that
    all positions share. A nudge at one of them changes this number, and so what the MLP is given
    everywhere ${local}. One part that reads along the text is enough, wherever it stands: that is
    why embedding, LayerNorm and unembedding have to be asked as well ${rest}.`;
};
