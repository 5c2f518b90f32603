/** What the pictures about areas, shared dimensions and widths show. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import * as models from "../../fixtures/mod.ts";
import type * as areas from "./areas.ts";
import type * as sizes from "./sizes.ts";
import type * as toys from "./toys.ts";
import { copier, copier2, densePlane, learned, learned2, plane } from "./subjects.ts";

/** What a measurement finds. */
type Found<Measure extends (...given: never[]) => unknown> = Awaited<ReturnType<Measure>>;

/** What series are called. */
const CALLED: Readonly<Record<string, string>> = {
  [learned.name]: "small GPT, first seed",
  [learned2.name]: "small GPT, second seed",
  [models.gpt.name]: "larger GPT",
  [copier.name]: "copier, first seed",
  [copier2.name]: "copier, second seed",
};

export const rebuilt = pictures.dots<Found<typeof toys.superposed>>({
  title: "The sparser the features, the more of them come back through five dimensions",
  caption: "How much of each of twenty features is rebuilt, by the first seed for each sparsity: " +
    "in how many of the examples a feature is zero. Features that are never zero get a " +
    "dimension each, and there are five.",
  on: ({ model, control }) =>
    model.endsWith("/1") && (!control || control === "trained on dense features"),
  x: { label: "feature, the most important first", of: "order" },
  y: { label: "share rebuilt", of: "rebuilt" },
  series: ({ evidence: { sparsity } }) =>
    sparsity === 0 ? "never zero" : `zero in ${Math.round(100 * sparsity)}%`,
  reference: [{ y: 0.5, label: "above this it counts as kept" }],
});

export const pentagon = pictures.vectors<Found<typeof toys.inPlane>>({
  title: "Five features that are rarely there share a plane",
  caption: "An arrow for each feature's direction. Features that are rarely there at once point " +
    "a fifth of a turn apart; of those that always are, two get a dimension each, and the " +
    "other three none.",
  on: ({ model }) => model === plane.name || model === densePlane[0].name,
  of: ({ control, evidence: { directions } }) => ({
    name: control ? "always there" : "rarely there",
    vectors: directions.map(([x, y], i) => ({ x, y, label: `${i + 1}` }))
      .filter(({ x, y }) => Math.hypot(x, y) > 0.1),
  }),
});

export const ruler = pictures.lines<areas.Spread>({
  title: "The small GPT's positions lie along one direction, nearly like marks on a ruler",
  caption: "Where each position's vector lies along the direction in which they differ most, " +
    "counted in standard deviations from the middle. Models that also learned to copy have " +
    "no ruler: theirs differ in many directions alike.",
  on: ({ model, control }) =>
    !control && [learned, learned2, copier].some(({ name }) => name === model),
  x: { label: "position", of: "index" },
  y: { label: "place along the direction", of: "along" },
  series: ({ model }) => CALLED[model],
});

export const entering = pictures.bars<Found<typeof areas.written>>({
  title: "Much of what the first attention layer writes into the positions' area is position",
  caption: "How much of what it writes there differs from position to position, whatever the " +
    "text. The rest differs from text to text. Beside it the most in any of twenty random " +
    "areas of the same size. The copiers do not agree with each other.",
  x: { label: "model", of: ({ model }) => [CALLED[model], CALLED[model]] },
  y: {
    label: "share between positions",
    of: ({ evidence: { between, random } }) => [between, random.between],
  },
  series: () => ["positions' area", "most of random areas"],
});

export const returns = pictures.lines<Found<typeof sizes.returns>>({
  title: "Each doubling of the width gains less than the one before",
  caption: "The small GPT at four widths, two seeds each, which nearly coincide, after the same " +
    "steps, on all held-out text. Each width had a learning rate of its own.",
  x: { label: "width of the stream", of: "cards.sizes.width" },
  y: {
    label: "loss",
    unit: "nats per token",
    of: {
      "first seed": ({ evidence }) => evidence.cards.sizes.map(({ losses }) => losses[0]),
      "second seed": ({ evidence }) => evidence.cards.sizes.map(({ losses }) => losses[1]),
    },
  },
});
