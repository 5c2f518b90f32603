/** What a reader of question 05 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"axes" | "grown" | "lookup" | "mixed"> = (
  { tryBreaking },
  { axes, grown, lookup, mixed },
) => {
  tryBreaking("stream-as-wide-as-the-vocabulary", {
    notice: [axes],
    stand: [grown, lookup],
  })`Every vector of the stream is filled up with zeros until it has as many numbers as there are
    words. That shows in the shapes ${axes}. But the new numbers stand for no words: make the
    vocabulary twice as large, and the stream stays as wide as it was ${grown}. Its width is a
    choice of its own, even where it happens to be the vocabulary's size.`;

  tryBreaking("through-the-vocabulary", {
    notice: [grown],
    stand: [axes, lookup],
  })`Behind the first block the stream is turned into a share for every word, and back into a
    vector. The activations that have a name do not give it away ${axes}: what has an axis of words
    lies between two of them. But make the vocabulary larger, and a shape grows that is at neither
    end ${grown}. Such a model does see the vocabulary again before the end; the usual ones do
    not.`;

  tryBreaking("hidden-mlp", {
    notice: [mixed],
    stand: [axes, grown],
  })`Behind the first block all that is positive on the stream is added to it once more. Which
    numbers are positive depends on the coordinates: in mixed ones they are others, and so are the
    logits ${mixed}. Now a coordinate means something by construction, because something treats the
    numbers of the stream one by one. The shapes are as they were ${axes}, ${grown}: what numbers
    mean is not to be seen from how many there are.`;

  tryBreaking("relu-values", { stand: [mixed] })`Here, too, what is negative is treated apart, but
    in the values of each head, not on the stream. A value is made by a matrix that reads the
    stream. Choose other coordinates for the stream and write the matrix for them: the value stays
    the same, number by number, and so do the logits ${mixed}. Inside a head or an MLP single
    numbers may count; between them only directions do.`;
};
