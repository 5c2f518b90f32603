import type { Card } from "../model/mod.ts";
import { max, range, sum } from "../tensor/mod.ts";
import { grid } from "../report/markdown/table.ts";
import { type AnyRecipe, isAutoencoder, sizeInWords } from "./any_recipe.ts";
import { nameWithoutSeed } from "../training/recipe.ts";
import { duration } from "./duration.ts";
import { reached } from "./train_list.ts";

/** A trained model, as far as the page about it needs it. */
export interface Made {
  readonly recipe: AnyRecipe;
  readonly card: Card;
  /** How many numbers were learned. */
  readonly parameters: number;
}

/** The page about the trained models: `fixtures/README.md`, from their recipes and cards. */
export function fixturesReadme(made: readonly Made[]): string {
  const texts = made.filter(({ recipe }) => !isAutoencoder(recipe));
  const toys = made.filter(({ recipe }) => isAutoencoder(recipe));
  return [
    INTRODUCTION,
    table(texts, "tokens"),
    ...texts.some(seesAnswer) ? [SEES] : [],
    ...toys.length > 0 ? [TOYS, table(toys, "examples")] : [],
    COMPARED,
    comparedTable(texts),
    ...texts.length > 0 ? [SCATTER, scatterTable(texts)] : [],
    TOTALS,
    totalsTable(made),
    AGAIN,
  ].join("\n\n") + "\n";
}

/** Models of one recipe file, seed by seed. */
export function byRecipe<T extends { readonly recipe: AnyRecipe }>(made: readonly T[]): T[][] {
  return [...Map.groupBy(made, ({ recipe }) => nameWithoutSeed(recipe)).values()];
}

const INTRODUCTION = `<!-- deno-fmt-ignore-file -->
<!-- Written by \`deno task fixtures\` from recipes and cards: not to be edited. -->

# The trained models

Every model here was trained by the recipe in its folder, with what is in this project and, where it
learns to read, texts from npm that are in the public domain. A recipe with two seeds makes two
models, \`NAME/1\` and \`NAME/2\`: what is true of one by luck is hardly true of the other. A model has
three files: \`model.safetensors\`, its weights under the names that GPT-2 has at Hugging Face;
\`config.json\`; and \`card.json\`, with the data, the loss curve, what it reached, and the hash of the
weights.

## On text

A loss is in nats per character of texts that were held out of training: lower is better. The time
is that of one model. In a picture, steps run to the right, and the height is the training loss, a
line for each seed: the top is what guessing costs, the bottom is zero.`;

const SEES =
  `\\* Without a mask it is shown what it is to predict: its loss says nothing about English.`;

const TOYS = `## Toys

They learn no text, but to pass sparse random numbers through too few dimensions. A loss is the
weighted squared error on examples never seen, and the top of a picture is the highest loss.`;

const COMPARED = `## What they are compared with

The same held-out texts, predicted by counting what follows what in the training texts.`;

const SCATTER = `## How far apart two seeds are

In nats per character of held-out text. What two recipes differ by means something only where it is
clearly more than this.`;

const TOTALS = `## In all`;

const AGAIN = `## Make them again

\`\`\`sh
deno task train learned/1
\`\`\`

makes one of them again, in its folder; \`learned\` is both of its seeds, and \`--all\` is every model.
A model that goes on from another one, such as \`learned-x4/1\`, needs that one to be there. The same
recipe gives the same bits on the same kind of processor; whether it does on yours is found by

\`\`\`sh
deno task train learned/1 --check
\`\`\`

which writes nothing, and says how far off the weights and figures are where they are. When a model
is new or another one,

\`\`\`sh
deno task fixtures
\`\`\`

writes this page, its pictures and \`models/index.ts\` anew.`;

/** One row for each recipe, with the losses of its seeds. */
function table(made: readonly Made[], unit: "tokens" | "examples"): string {
  const recipes = byRecipe(made);
  const seeds = Array.from({ length: max(recipes.map(({ length }) => length)) }, (_, i) => i);
  const columns = ["recipe", "what it is for", "size", "parameters", "file", unit, "time"];
  const head = [...columns, ...seeds.map((i) => `loss, seed ${i + 1}`), "training loss"];
  const rows = recipes.map((each) => {
    const [{ recipe, card, parameters }] = each;
    const name = nameWithoutSeed(recipe);
    return [
      `[${name}](models/${name}/recipe.ts)`,
      recipe.purpose,
      sizeInWords(recipe),
      parameters.toLocaleString("en"),
      fileSize(card.bytes),
      `${(card.tokens / 1e6).toFixed(1)} M`,
      duration(card.seconds),
      ...seeds.map((i) => each[i] ? lossCell(each[i]) : ""),
      `![${name}](models/${name}/loss.svg)`,
    ];
  });
  return grid(head, [3, 4, 5, 6, ...seeds.map((i) => 7 + i)], rows);
}

function fileSize(bytes: number): string {
  return bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}

function lossCell(made: Made): string {
  return `${lossOf(made).toFixed(3)}${seesAnswer(made) ? "*" : ""}`;
}

/** What a model reached on what it was not trained on. */
function lossOf({ card }: Made): number {
  const found = reached(card);
  if (found) return found.value;
  throw new Error(
    `Cannot tell what ${card.name} reached: its card must have a figure "loss, model"`,
  );
}

function seesAnswer({ recipe }: Made): boolean {
  return !isAutoencoder(recipe) && !recipe.config.causal;
}

/** What all cards compare with, and behind it what only some do. */
function comparedTable(made: readonly Made[]): string {
  const rows = made.flatMap(({ card: { name, figures } }) =>
    figures.filter(({ label, unit }) => COMPARISON.test(label) && unit === "nats per character")
      .map(({ label, value }) => ({ name, what: label.replace(COMPARISON, ""), value }))
  );
  const same = Map.groupBy(rows, ({ what, value }) => `${what}: ${value}`);
  const lines = [...same.values()].map((each) => [
    each.length === made.length ? each[0].what : `${each[0].what} (${each[0].name})`,
    each[0].value.toFixed(3),
  ]);
  return grid(["", "nats per character"], [1], lines);
}

const COMPARISON = /^held-out loss, (?!model$)/;

/** Recipes in order of how far apart the losses of their seeds are, the closest first. */
function scatterTable(made: readonly Made[]): string {
  const rows = byRecipe(made).filter((each) => each.length > 1)
    .map((each) => ({ what: nameWithoutSeed(each[0].recipe), apart: range(each.map(lossOf)) }))
    .sort((a, b) => a.apart - b.apart);
  return grid(["recipe", "apart"], [1], rows.map(({ what, apart }) => [what, apart.toFixed(4)]));
}

function totalsTable(made: readonly Made[]): string {
  const total = (of: (made: Made) => number) => sum(made.map(of));
  return grid(["", "in all"], [1], [
    ["recipes", `${byRecipe(made).length}`],
    ["models", `${made.length}`],
    ["parameters", total(({ parameters }) => parameters).toLocaleString("en")],
    ["MB of weights", (total(({ card }) => card.bytes) / 1e6).toFixed(1)],
    ["tokens or examples", `${(total(({ card }) => card.tokens) / 1e6).toFixed(1)} M`],
    ["time on one core", duration(total(({ card }) => card.seconds))],
  ]);
}
