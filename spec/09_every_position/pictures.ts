/** What the pictures of predicting at every position show. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type * as lessonsOf from "./lessons.ts";
import type { PrefixLosses } from "./prefixes.ts";
import { lessons, small } from "./subjects.ts";

/** What a measurement finds. */
type Found<Measure extends (...given: never[]) => unknown> = Awaited<ReturnType<Measure>>;

/** How likely the model held each token that came, in a pass over so many tokens. */
function panel({ pieces, together, alone }: PrefixLosses, length: number) {
  const whole = length === together.length;
  const given = pieces.slice(0, length).map((_, p) =>
    whole ? together[p] : p === length - 1 ? alone[p] : undefined
  );
  const likely = given.map((loss) => loss === undefined ? undefined : Math.exp(-loss));
  return {
    name: whole ? "one pass" : `a pass over ${length} alone`,
    tokens: pieces.slice(0, length),
    under: likely.map((p) => p === undefined ? "" : `${(100 * p).toFixed(0)}%`),
    shade: likely.map((p) => p ?? 0),
  };
}

export const beginnings = pictures.sentence<PrefixLosses>({
  title: "One pass predicts after every beginning of a text",
  caption:
    "Under a token stands how likely the model then held the token that came next. One pass " +
    "predicts at each of them; passes over beginnings alone give the same, one by one.",
  on: { model: small },
  of: ({ evidence }) => [evidence.together.length, 2, 4, 6].map((n) => panel(evidence, n)),
  value: { label: "probability of the token that came" },
});

export const learning = pictures.lines<Found<typeof lessonsOf.compare>>({
  title: "As many steps on the same texts, and sixty times as many predictions",
  caption:
    "The loss on texts of the training, of the predictions that counted; means of a hundred " +
    "steps each. Where the answers are shuffled within each text, all that can be learned is how " +
    "common each word is.",
  on: { model: lessons[0] },
  x: { label: "step", of: "curve.step" },
  y: {
    label: "loss",
    unit: "nats",
    of: {
      "taught at every position": "curve.every",
      "at the last alone": "curve.last",
      "at every one, answers shuffled": "curve.frequencies",
    },
  },
});

export const prompts = pictures.lines<Found<typeof lessonsOf.shortPrompts>>({
  title: "Taught at every position, a model can be asked after a prompt of any length",
  caption: "The loss of the same tokens, after the last few tokens before each, or the whole " +
    "window. Each step to the right doubles the prompt. First seed.",
  on: { model: lessons[0] },
  x: { label: "tokens in the prompt", of: ({ evidence }) => evidence.length.map(String) },
  y: {
    label: "loss",
    unit: "nats",
    of: {
      "taught at every position": "every",
      "at the last alone": "last",
      "knows only how common words are": "common",
    },
  },
});
