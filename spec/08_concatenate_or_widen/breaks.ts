/** What a reader of question 08 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"few" | "marks" | "sum" | "open"> = (
  { tryBreaking },
  { few, marks, sum, open },
) => {
  tryBreaking("untrained", {
    notice: [few, marks],
    stand: [sum],
  })`All weights are drawn afresh, so nothing has been learned. That adding can do what
    concatenating does is true of any weights ${sum}. An area for position is not: vectors drawn at
    random point every which way, so they take many directions ${few}, and along the main one they
    stand in no order ${marks}. It is training that makes the area, not how the model is built.`;

  tryBreaking("overwritten-stream", {
    stand: [sum],
  })`At its end each block takes away what came into it, so the vectors of token and position
    are gone after the first. A claim about adding should notice, it seems. But it is about how the
    stream begins: concatenated or added in places of their own, the two give the first block the
    same numbers. What becomes of these afterwards is the same for both ${sum}. That a stream keeps
    what was added is another matter.`;

  tryBreaking("self-only-heads", {
    stand: [open],
  })`Every head reads its own position alone, so a position learns nothing of those around it. Yet
    of what the first attention layer writes into the positions' area, position's share is still
    larger than in random areas ${open}. For each vector has its own position in it already, and a
    head may pass on what it finds there. It takes no look along the text to fill the area.`;
};
