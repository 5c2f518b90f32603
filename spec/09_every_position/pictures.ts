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
    "The loss of each model while it is trained, averaged over a hundred steps at a time: on " +
    "the texts of its training, at the positions where it is taught (every position, or the " +
    "last). So these curves do not compare the models; the answer does, at the last position of " +
    "new texts. There the loss of the model taught at every position is higher than its curve " +
    "shows. The two upper curves lie almost on each other: the model taught at the last comes " +
    "hardly further than the one with shuffled answers. First seed.",
  on: { model: lessons[0] },
  x: { label: "step", of: "curve.step" },
  y: {
    label: "loss",
    unit: "nats",
    of: {
      "taught at every position": "curve.every",
      "taught at the last": "curve.last",
      "with shuffled answers": "curve.frequencies",
    },
  },
});

export const prompts = pictures.lines<Found<typeof lessonsOf.shortPrompts>>({
  title: "Taught at every position, a model can be asked after a prompt of any length",
  caption:
    "The loss on one fixed set of tokens, when a model is given only the last 1, 2, 4, ... " +
    "tokens before each, or the whole window. The model with shuffled answers learned little but " +
    "how common words are; it was asked after the whole window only, so its line is flat. " +
    "Prompts stand at the beginning of the window. First seed.",
  on: { model: lessons[0] },
  x: { label: "tokens in the prompt", of: ({ evidence }) => evidence.length.map(String) },
  y: {
    label: "loss",
    unit: "nats",
    of: {
      "taught at every position": "every",
      "taught at the last": "last",
      "with shuffled answers": "common",
    },
  },
});

export const three = pictures.dots<Found<typeof lessonsOf.honest>>({
  title: "Trained without the mask, a model lies about halfway between the other two",
  caption:
    "The loss at the last position of new texts, a dot for each seed. All three models are " +
    "asked at " +
    "the last; without the mask, a model can copy the answer at every position but that one.",
  x: { label: "taught at", of: () => ["every position", "every position, no mask", "the last"] },
  y: { label: "loss", unit: "nats", of: "losses" },
  series: ({ model }) => model.startsWith(small.name) ? "first seed" : "second seed",
});
