/** What a reader of question 12 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"absent" | "linear" | "own" | "byHand"> = (
  { tryBreaking },
  { absent, linear, own, byHand },
) => {
  tryBreaking("hidden-mlp", {
    notice: [absent, linear],
    stand: [own],
  })`Behind the first block everything positive in the stream is added to it once more. No parameter
    and no hook tells of that, as they would of an MLP; the operation itself does ${absent}. It
    bends: hold patterns and scales, and what is left is no longer linear ${linear}. But it comes
    after the first layer has read: a key there still tells of its own token alone ${own}.`;

  tryBreaking("hard-attention", {
    notice: [absent],
    stand: [linear, own, byHand],
  })`Each head looks at one place only, the one that it scores highest. What could be less linear?
    And it takes an operation that attention has not ${absent}. But linear is what is left once
    patterns are held, however they came about: all that follows from them is sums, and products
    with fixed numbers ${linear}. Heads built by hand gave all of their weight to the best places
    before, and still copy ${byHand}.`;

  tryBreaking("sliding-window:8", {
    notice: [byHand],
    stand: [absent, linear, own],
  })`No position sees further back than a few tokens. The previous-token head never looked further
    than one place. But an induction head has to look back a whole sequence, and the longer ones no
    longer fit in: what followed last time is out of sight ${byHand}. What the model is made of is
    what it was ${absent}${linear}: that says how to take it apart, not what it can do.`;

  tryBreaking("one-head@0.0", {
    notice: [byHand],
    stand: [absent, linear],
  })`One head brings nothing any more. In the two layers built by hand it is the previous-token
    head: without its note no key says which token stood before, and the induction head one layer up
    finds nothing that fits. So these no longer copy ${byHand}, although the head that copies was
    not touched. What the trained models do depends on which of their heads it is. With one head
    less each is an attention-only model as before ${absent}${linear}.`;
};
