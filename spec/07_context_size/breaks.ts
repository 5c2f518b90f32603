/** What a reader of question 07 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"between" | "table" | "vector" | "inside" | "cost"> = (
  { tryBreaking },
  { between, table, vector, inside, cost },
) => {
  tryBreaking("constant-pattern", {
    notice: [between, table],
    stand: [vector],
  })`A head no longer compares queries with keys: its scores come from a table of parameters, a row
    and a column for each place in the window. So something is learned between keys and what heads
    read ${between}, and its shape grows with the context size ${table}. Of such a model the chatbot
    is right. The matrices that make queries, keys and values still take one vector at a time
    ${vector}; what is gone is the comparing.`;

  tryBreaking("no-positions", {
    stand: [vector, between, table, inside],
  })`Nothing tells the model where a token stands. Where there was a learned table of positions, the
    only shape that hung on the context size is gone ${table}. All else is as it was: matrices take
    one vector at a time ${vector}, what comes between keys and reads has no parameter ${between},
    and in a larger window old texts get the same logits ${inside}. Attention takes any number of
    tokens by itself.`;

  tryBreaking("norm-over-positions", {
    notice: [vector],
    stand: [between, table, inside],
  })`Each vector is divided by the mean size of all vectors in the text. So what a head's matrices
    get at one position depends on all others ${vector}. No parameter ${between} and no shape
    ${table} tells of it, nor does a text of the old length in a larger window ${inside}. Positions
    can be tied together without a weight for it: looking at shapes is not enough.`;

  tryBreaking("sliding-window:4", {
    stand: [vector, between, table, inside, cost],
  })`A token sees itself and the three before it, as if the context were tiny. But no weight has
    changed: the window is a rule in the mask, without a parameter ${between} and without a shape
    that hangs on a length ${table}. Nothing is saved, either ${cost}: all queries are still
    multiplied by all keys, and the mask throws most scores away. To be cheaper, a program must not
    make them at all.`;
};
