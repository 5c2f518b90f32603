/** What the pictures of predicting at every position show. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type * as lessonsOf from "./lessons.ts";
import type { PrefixLosses } from "./prefixes.ts";
import { lessons, small } from "./subjects.ts";

/** What a measurement finds. */
type Found<Measure extends (...given: never[]) => unknown> = Awaited<ReturnType<Measure>>;

/** The loss at each token of one pass over all, or at the last of so many. */
function panel({ pieces, together, alone }: PrefixLosses, length: number) {
  const whole = length === together.length;
  const losses = whole ? together : alone.slice(0, length);
  const shown = losses.map((_, p) => whole || p === length - 1);
  return {
    name: whole ? "one pass" : `a pass over the first ${length} alone`,
    tokens: pieces.slice(0, length),
    under: losses.map((loss, p) => shown[p] ? loss.toFixed(2) : ""),
    shade: losses.map((loss, p) => shown[p] ? Math.exp(-loss) : 0),
  };
}

export const beginnings = pictures.sentence<PrefixLosses>({
  title: "One pass predicts after every beginning of a text",
  caption: "Under a token stands the loss of the prediction there: the lower, the likelier " +
    "the model held the token that came next. A pass over a beginning alone gives the same loss.",
  on: { model: small },
  of: ({ evidence }) => [evidence.together.length, 2, 4, 6].map((n) => panel(evidence, n)),
  value: { label: "probability of the token that came next" },
});

export const learning = pictures.lines<Found<typeof lessonsOf.compare>>({
  title: "As many steps on the same texts, and sixty times as many predictions",
  caption:
    "The loss on texts of the training, of the predictions that counted; means of a hundred " +
    "steps each. Where the answers are shuffled within each text, there is little to learn but " +
    "which words there are. First seed.",
  on: { model: lessons[0] },
  x: { label: "step", of: "curve.step" },
  y: {
    label: "loss",
    unit: "nats",
    of: {
      "taught at every position": "curve.every",
      "taught at the last alone": "curve.last",
      "taught with answers shuffled": "curve.frequencies",
    },
  },
});

export const prompts = pictures.lines<Found<typeof lessonsOf.shortPrompts>>({
  title: "Taught at every position, a model can be asked after a prompt of any length",
  caption: "The loss of the same tokens, after the last few tokens before each or the whole " +
    "window: each step to the right doubles the prompt. Where answers were shuffled, little was " +
    "learned but how common words are. First seed.",
  on: { model: lessons[0] },
  x: { label: "tokens in the prompt", of: ({ evidence }) => evidence.length.map(String) },
  y: {
    label: "loss",
    unit: "nats",
    of: {
      "taught at every position": "every",
      "taught at the last alone": "last",
      "taught with answers shuffled": "common",
    },
  },
});
