/** What a reader of question 03 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"one" | "lookedUp" | "summed" | "attributed" | "held"> = (
  { tryBreaking },
  { one, lookedUp, summed, attributed, held },
) => {
  tryBreaking("shuffled-heads", {
    notice: [one, lookedUp],
    stand: [summed, attributed, held],
  })`In each matrix of each head the numbers change places: heads stay as large and lose what they
    learned. That logits are a sum over paths ${summed}, or over what all parts write ${attributed},
    is arithmetic, true of any numbers. That one path does most on prose ${one}, and eight paths
    nearly all on repetitions ${lookedUp}, was learned, and is gone. So the sum says which paths
    there are, and training which of them do the work.`;

  tryBreaking("relu-values", {
    notice: [summed],
    stand: [attributed, held],
  })`Each value goes through a ReLU, which makes zeros of what is negative. What heads write is
    still added to the stream, so what all parts write still sums to the logit ${attributed}. But a
    path can no longer be followed through a head by itself ${summed}: what ReLU makes of a sum is
    not the sum of what it makes of its terms. To add up paths, reading has to be linear, not only
    writing.`;

  tryBreaking("one-head@0.3", {
    notice: [summed, lookedUp],
    stand: [one, attributed],
  })`In both trained models of two attention layers this is the previous-token head. None of the
    eight paths that continue a repetition leads through it. Yet without it not even all paths
    together help much there ${lookedUp}: the second layer's heads find their place by it. On prose
    one path still does most ${one}. A path shows what is carried, not what has aimed it. (The sum
    of paths still counts the silenced head, and is off ${summed}.)`;
};
