/** What a reader of question 06 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"same" | "tooMany" | "anyLength" | "near"> = (
  { tryBreaking },
  { same, tooMany, anyLength, near },
) => {
  tryBreaking("fixed-length", { notice: [same, tooMany] })`The graph takes texts of one length only,
    that of the window, as some exported models do. Now the notes are right: no other text fits
    ${same}. A longer one is refused even where positions are computed and no table ends ${tooMany}.
    So a model can be built that way, and its texts must be filled up. But that is how it was
    written down; nothing in attention or in an MLP asks for it.`;

  tryBreaking("no-causal-mask", {
    notice: [anyLength],
    stand: [same, tooMany],
  })`Every token sees those after it. Texts of any length up to the window still run ${same}, and
    what is too long for a table is still refused ${tooMany}: the mask has no part in what fits. But
    now a text that is cut short, or goes on differently, is predicted differently before that
    place, too ${anyLength}. That padding behind a text does no harm is the work of the mask.`;

  tryBreaking("clamped-positions", {
    notice: [tooMany],
    stand: [anyLength, same],
  })`Where a learned table of positions ends, its last row serves all further places. So one token
    too many runs ${tooMany}. Up to the window nothing has changed ${same}, ${anyLength}. The limit
    was a missing row, and any rule that fills it lets the text run. Whether a model is any good at
    a place that it has never seen in training is another question, which this does not answer.`;

  tryBreaking("sliding-window:2", {
    notice: [near],
    stand: [anyLength, same, tooMany],
  })`A head sees its own token and the one before it, as if the context window were two. But texts
    of any length still run ${same}, are predicted the same when cut short ${anyLength}, and are too
    long where they were before ${tooMany}. How far a layer looks is a third length, and only that
    has changed: each layer carries a token on by one place, where it should be two ${near}.`;
};
