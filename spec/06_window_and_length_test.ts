import { assertEquals } from "@std/assert";
import { needs, question } from "../mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { breaks } from "./06_window_and_length/breaks.ts";
import * as drawn from "./06_window_and_length/pictures.ts";
import { deep, learned, NEAR, rotary, slid, tall } from "./06_window_and_length/subjects.ts";
import * as measure from "./06_window_and_length/mod.ts";

question("Is the context window the same thing as the sequence length?", {
  notes: "Yes.",
  standing: "corrected",
  lit: ["tokens", "positions"],
  sources: [
    papers.gpt2,
    papers.attentionIsAllYouNeed,
    papers.roformer,
    papers.alibi,
    papers.longformer,
    papers.mistral,
  ],
}, ({ short, say, aside, caveat, claim, refuted, wouldChange, tryBreaking }) => {
  short`Not quite: the context window is the most that a model was made or trained for, the sequence
    length how much it was given. Any length up to the window works, and a shorter text need not be
    filled up. Why there is a limit at all is a matter of how positions are encoded, and of time and
    memory.`;

  // Texts of different lengths are computed in different shapes, which round differently. Two
  // texts of one length that begin alike are not, and there zero means zero.
  const anyLength = claim(
    "A text of any length up to the window runs, and adding tokens changes nothing before them",
    {
      id: "any-length",
      kind: "identity",
      on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
      needs: needs.mask,
      measure: measure.everyLength,
      bounds: {
        // Sums of up to a few hundred products, rounded at 2^-24 = 6e-8 each, in another order: a
        // random walk of such steps stays near 1e-6 of the largest logit.
        apart: {
          below: 1e-5,
          what: "logits of the shorter text, less those inside the whole window",
        },
        before: { equals: 0, what: "what the text goes on with must move nothing before it" },
        after: { above: 0, what: "and must be different tokens" },
      },
      check: ({ ran, tried }) =>
        assertEquals(ran, tried, "every length must give as many predictions as there are tokens"),
      mustFailOn: {
        "no causal mask": { sabotage: sabotages.noCausalMask, on: [models.tiny, learned] },
        "a mask that opens halfway": {
          sabotage: sabotages.maskOpensHalfway,
          on: [models.tiny, learned],
        },
      },
    },
  );

  // Only a refusal that is about the length counts as a text that does not fit; any other error,
  // and any at all for a whole window, ends the measurement.
  const same = refuted("The sequence length is the window: no other text fits", {
    id: "one-number",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    measure: measure.triedLengths,
    // That of the window is among them, or the measurement ends.
    bounds: { ran: { equals: 1, what: "how many of the lengths that were tried run" } },
    mustHoldOn: {
      "a fixed sequence axis": { sabotage: sabotages.fixedLength, on: [models.tiny, rotary] },
    },
    show: drawn.lengths,
  });

  say`The two words are used for each other, but the window is a maximum, and the length differs
    from text to text. Give a model a text of one token, of two, of as many as its window has: each
    of these texts runs, and gets one prediction for each of its tokens ${same}.`;

  say`A shorter text does not have to be filled up to the window. The causal mask lets no token look
    ahead, so no prediction can depend on what comes later, or on whether anything does. Take two
    texts that begin alike and go on differently: within their common beginning, the predictions
    differ by ${anyLength.max("before")}. Or cut a text short: what is left of it is predicted as it
    was ${anyLength}.`;

  say`Padding is met all the same, for another reason. Texts of unequal lengths that are run side by
    side, as a batch, share one tensor, so the shorter ones are filled up to the longest of them.
    What is put behind a text changes no prediction inside it ${anyLength}.`;

  const tooMany = claim(
    "One token too many is refused where positions are a learned table, and runs elsewhere",
    {
      id: "one-too-many",
      kind: "identity",
      on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
      measure: measure.oneTooMany,
      check: ({ rows, tokens, refusal, predictions }) => {
        const required =
          `Cannot run ${tokens} tokens: the model has n_ctx = ${rows} learned positions`;
        assertEquals(
          refusal,
          rows > 0 ? required : "",
          "what the model says to one token too many",
        );
        assertEquals(predictions, rows > 0 ? 0 : tokens, "predictions made");
      },
      mustFailOn: {
        "positions clamped to the last row": {
          sabotage: sabotages.clampedPositions,
          on: [models.tiny, learned],
        },
        "a fixed sequence axis": {
          sabotage: sabotages.fixedLength,
          on: models.randomFamilies({ positions: ["rotary"] }),
        },
      },
    },
  );

  say`Why is there a largest number? In some models because of how they are told where a token
    stands. A learned table of positions has one row for each place. That of a small GPT here has
    ${tooMany.value(learned, "rows")} rows, and a text of one token more is refused. Where positions
    are computed, as rotary ones are, or where there are none, nothing runs out: such models take
    one token more than their window ${tooMany}. Their window is just the length of the texts they
    were trained on, and whether they are any good beyond it is another question.`;

  aside`Time and memory are the other limit, whatever the positions are. Attention compares every
    token with every earlier one, so a text twice as long takes about four times the comparisons.
    The time grows less: all other work, which is most of it until texts are very long, only doubles
    (question seven counts both). Memory need not grow so fast: all that must be kept of an earlier
    token is its keys and values, the KV cache, and a text twice as long has twice as many. This
    limit is the machine's. In the model, without a table of positions, nothing refuses a text that
    is longer than the window ${tooMany}.`;

  // Nothing can come from farther than a layer sees, so beyond it zero means zero.
  const near = claim(
    "With a sliding window, each layer carries a token on by the window less one",
    {
      id: "sliding-window",
      kind: "identity",
      ...slid,
      measure: measure.reachByLayer(NEAR),
      bounds: {
        off: { equals: 0, what: "places by which a layer carries it farther, or less far" },
      },
      mustFailOn: {
        "layers that see everything": { on: [...deep.slice(0, 1), tall] },
        "a sliding window in every second layer": {
          sabotage: sabotages.slidingWindow(NEAR, false),
          on: [...deep.slice(0, 1), tall],
        },
        "a window one place wider": {
          sabotage: sabotages.slidingWindow(NEAR + 1),
          on: deep.slice(0, 2),
        },
      },
      show: drawn.sliding,
    },
  );

  caveat`How far a single layer looks is a third length, and may be shorter than both window and
    text. Some models, such as that of ${papers.mistral}, let each head see only a limited number of
    the last tokens (there, half as many as its context holds), a sliding window. What is farther
    back then arrives through several layers, each of which carries it a little further along the
    text ${near}.`;

  wouldChange`A text no longer than the window that does not run, or one whose predictions change
    when tokens are added after it ${anyLength}; or a learned table of positions that serves one
    token more than it has rows ${tooMany}.`;

  breaks({ tryBreaking }, { same, tooMany, anyLength, near });
});
