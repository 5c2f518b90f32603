/** What a reader of question 11 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"changes" | "sizes" | "formula" | "notes" | "size" | "affine"> = (
  { tryBreaking },
  { changes, sizes, formula, notes, size, affine },
) => {
  tryBreaking("constant-pattern", {
    notice: [changes, sizes, formula],
  })`Every head now has a table of scores, a row and a column for each place in the window, in the
    place of queries and keys. This is what a pattern as a parameter would be. No text moves it
    ${changes}. A longer window needs a larger table ${sizes}. And the learned matrices no longer
    tell where a head looks ${formula}.`;

  tryBreaking("zero-queries", {
    notice: [changes],
    stand: [sizes, notes, formula],
  })`Every query is zero, and so is every score, but for what ALiBi takes off. So no text has a say
    in where a head looks ${changes}. Now its pattern looks like a parameter. It is none: nothing
    stored has its shape ${sizes}, and it is computed as before, from queries that happen to be zero
    ${notes}${formula}. What makes an activation is how it comes about, not whether it moves.`;

  tryBreaking("shuffled-qk", {
    stand: [changes, sizes, notes, formula],
  })`The numbers within W_Q and within W_K change places, so what training has put into their order
    is lost. Still another text gives another pattern ${changes}, and the notes' form still gives
    every share of it ${notes}${formula}. The form is the same for all weights; and large weights
    make a pattern follow the text, learned or not. That it does is no sign that its head has
    learned what to look for ${size}.`;

  tryBreaking("relu-values", {
    notice: [affine, formula],
    stand: [changes, notes],
  })`What is negative in a value becomes zero before a head reads it. Patterns are made of queries
    and keys, so they come about as before ${notes}. But now it is not enough to freeze them: what a
    head reads bends, too, and attention with its pattern held is no longer linear up to a constant
    ${affine}. That it is so in a sound model takes values without any bend.`;
};
