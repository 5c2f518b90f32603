/** What a reader of question 04 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"reach" | "fades" | "carries" | "rank" | "near"> = (
  { tryBreaking },
  { reach, fades, carries, rank, near },
) => {
  tryBreaking("summing-heads", {
    notice: [reach, fades],
    stand: [carries, rank],
  })`A head adds up what it should average, so its weights no longer sum to one ${reach}. Then what
    it reads from everything at once does not fade as the text grows ${fades}: every token keeps its
    full part. So it is the budget that makes a look at everything say so little. A head's width is
    another limit, and stays: neither what it writes ${carries} nor its scores ${rank} get any
    richer.`;

  tryBreaking("hard-attention", {
    notice: [reach],
    stand: [carries, rank],
  })`Every head gives all of its weight to the place that it scores highest, so that other places,
    which the mask allows, get nothing ${reach}. With softmax a place that scores low is read a
    little; here it is skipped. What a head can ask for ${rank} and what it can carry ${carries}
    depend on its width, and that is as it was: a sharper head is not a wider one.`;

  tryBreaking("untrained", {
    notice: [near],
    stand: [reach, carries, rank],
  })`All weights are drawn anew, as they were before training. A head still reaches every place and
    spends its whole budget ${reach}, and it is as narrow as ever, in what it can ask for ${rank}
    and in what it can carry ${carries}. What is gone is the choice: the sharpest head no longer
    looks near ${near}. That all is within reach is arithmetic, true of any weights; where to look
    is learned.`;

  tryBreaking("full-rank-qk", {
    notice: [rank],
    stand: [reach, carries],
  })`To each score is added how alike the two whole vectors are that the head's narrow query and key
    are made from. So scores are no longer of low rank ${rank}: more tables of them can be made.
    Each place still has its share of one ${reach}, and what is read there still has to pass through
    a narrow value ${carries}. Choosing and carrying are two limits, each with a width of its own.`;
};
