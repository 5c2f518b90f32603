/** What the pictures about areas, shared dimensions and widths show. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import * as models from "../../fixtures/mod.ts";
import type * as areas from "./areas.ts";
import type * as sizes from "./sizes.ts";
import type * as toys from "./toys.ts";
import * as subjects from "./subjects.ts";

const { copier, copier2, DENSE, densePlane, largeStart, learned, learned2, plane } = subjects;

/** Whose rulers are shown, one of each kind. */
const RULED = [learned, largeStart[0], copier];

/** What a measurement finds. */
type Found<Measure extends (...given: never[]) => unknown> = Awaited<ReturnType<Measure>>;

/** What series are called. */
const CALLED: Readonly<Record<string, string>> = {
  [learned.name]: "small GPT, first seed",
  [learned2.name]: "small GPT, second seed",
  [largeStart[0].name]: "small GPT, large start",
  [models.gpt.name]: "larger GPT, four layers",
  [copier.name]: "copier, first seed",
  [copier2.name]: "copier, second seed",
};

const rebuilt = pictures.dots<Found<typeof toys.superposed>>({
  title: "In larger toys, the sparser the features, the more of them come back",
  caption: "How much of each of twenty features is rebuilt after a passage through five " +
    "dimensions, in the first seed for each sparsity (how often a feature is zero). Features " +
    "that are never zero get a dimension each, and there are five. The features are not equally " +
    "important: an error in one costs the toy a tenth less than in the one before. Near zero, " +
    "dots of several sparsities lie on one another.",
  on: ({ model, control, evidence: { dimensions } }) =>
    dimensions > 2 && model.endsWith("/1") && (!control || control === DENSE),
  x: { label: "feature, the most important first", of: "order" },
  y: { label: "share rebuilt", of: "rebuilt" },
  series: ({ evidence: { sparsity } }) =>
    sparsity === 0 ? "never zero" : `zero in ${Math.round(100 * sparsity)}%`,
  reference: [{ y: 0.5, label: "above this it counts as kept" }],
});

const pentagon = pictures.vectors<Found<typeof toys.superposed>>({
  title: "Five features that are rarely there share a plane",
  caption: "An arrow for each feature's direction. Features that are rarely there at once point " +
    "a fifth of a turn apart. Of features that are always there the toy keeps two, at right " +
    "angles " +
    "to each other, turned as training left them; the other three have no arrow.",
  on: ({ model, control }) =>
    control ? control === DENSE && model === densePlane[0].name : model === plane.name,
  of: ({ control, evidence: { directions } }) => ({
    name: control ? "always there" : "rarely there",
    vectors: directions.map(([x, y], i) => ({ x, y, label: `${i + 1}` }))
      .filter(({ x, y }) => Math.hypot(x, y) > 0.1),
  }),
});

/** Both pictures of what toys do. */
export const shared: typeof pentagon = (runs) => [pentagon(runs), rebuilt(runs)].flat();

export const ruler = pictures.lines<areas.Spread>({
  title: "Positions that were learned on prose stand roughly in order, those of a copier do not",
  caption:
    "Where each position's vector lies along the direction in which positions differ most: 0 is " +
    "the middle of all positions, 1 the typical distance from there (the standard deviation). " +
    "The first and the last position of the small GPTs stand off the line. The copier, a model " +
    "that also learned to repeat what it read, has more positions.",
  on: ({ model, control }) =>
    (!control || control === "copiers") && RULED.some(({ name }) => name === model),
  x: { label: "position", of: "index" },
  y: { label: "place along the direction", of: "along" },
  series: ({ model }) => CALLED[model],
});

export const entering = pictures.bars<Found<typeof areas.written>>({
  title:
    "The first attention layer writes more about position in the positions' area than elsewhere",
  caption:
    "How much of what the first attention layer writes into an area (its variance) depends on " +
    "the position alone, whatever the text: in the positions' area, and the largest such share in " +
    "any of twenty random areas of as many directions.",
  x: {
    label: "model, and how many directions its area has",
    of: ({ model, evidence: { directions } }) => {
      const name = `${CALLED[model]}: ${directions}`;
      return [name, name];
    },
  },
  y: {
    label: "share that depends on position alone",
    of: ({ evidence: { between, random } }) => [between, random.between],
  },
  series: () => ["the positions' area", "the largest share in twenty random areas"],
});

export const returns = pictures.lines<Found<typeof sizes.returns>>({
  title: "Each doubling of the width gains less than the one before",
  caption: "The small GPT at four widths, two seeds each, which nearly coincide, after the " +
    "same steps on the same text, measured on all held-out text. Each width had a learning rate " +
    "of its own.",
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
