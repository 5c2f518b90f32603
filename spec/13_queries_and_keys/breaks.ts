/** What a reader of question 13 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"collapse" | "thin" | "values" | "basis" | "always" | "perDistance"> = (
  { tryBreaking },
  { collapse, thin, values, basis, always, perDistance },
) => {
  tryBreaking("normalised-qk", {
    notice: [collapse],
    stand: [thin, values],
  })`Each query and each key is divided by its own length, but for a fixed factor. A matrix cannot
    do that: it treats all vectors alike, and lengths differ. So no single one gives these scores
    ${collapse}. The learned matrices are as thin as they were ${thin}, and values are still written
    by one matrix ${values}. It is not the pair that keeps a head from collapsing, but what is done
    in between.`;

  tryBreaking("transposed-qk", {
    stand: [collapse, basis, values, thin],
  })`What made the queries makes the keys, and what made the keys the queries. So each position asks
    with what it used to offer, and offers what it used to ask with. But a product of two matrices
    still stands between two vectors, namely $\`W_{QK}\`$ transposed, and it is as thin as before
    ${collapse}${thin}. That a head collapses tells how it compares, not what it looks for.`;

  tryBreaking("no-positions", {
    notice: [always],
    stand: [perDistance, collapse],
  })`Nothing turns queries and keys any more. There still is a matrix for each distance, but it is
    the same for all of them ${perDistance}. So one token's score for another does not change with
    the distance, and what the answer refutes comes true: queries and keys always collapse
    ${always}. It was the turning alone that kept them from it.`;

  tryBreaking("relu-values", {
    notice: [values],
    stand: [collapse],
  })`Between $\`W_V\`$ and $\`W_O\`$ everything negative becomes zero. No matrix does that, so no
    single one writes what the head writes ${values}. Queries and keys are not touched: their scores
    are still those of $\`W_{QK}\`$ ${collapse}. The two halves of a head collapse each by itself,
    and each for the same reason: nothing but matrices stands in between.`;
};
