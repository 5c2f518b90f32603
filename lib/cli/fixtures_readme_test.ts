import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { makeConfig } from "../model/mod.ts";
import type { AnyRecipe } from "./any_recipe.ts";
import { seeds } from "../training/recipe.ts";
import { tinyRecipe } from "../training/testing/tiny_recipe.ts";
import { byRecipe, fixturesReadme, type Made } from "./fixtures_readme.ts";
import { cardOf } from "./testing/card.ts";

const UNIT = "nats per character";

function made(recipe: AnyRecipe, loss: number, bigram = 1.5): Made {
  const figures = [
    { label: "held-out loss, model", value: loss, unit: UNIT },
    { label: "held-out loss, bigram", value: bigram, unit: UNIT },
    { label: "held-out loss, model", value: 2 * loss, unit: "nats per token" },
  ];
  return { recipe, card: cardOf(recipe, { figures }), parameters: 1234 };
}

const WIDE = seeds([1, 2], () => tinyRecipe({ name: "wide" }));
const UNMASKED = tinyRecipe({
  name: "unmasked",
  config: makeConfig({ ...tinyRecipe().config, causal: false }),
});
const TOY: AnyRecipe = {
  ...tinyRecipe({ name: "toy" }),
  config: { n_features: 5, d_hidden: 2, sparsity: 0, decay: 1 },
};
const TEXTS = [made(WIDE[0], 1.25), made(WIDE[1], 1.5)];

/** The rows of the table that begins with a row of these words, cell by cell. */
function table(page: string, head: string): string[][] {
  const lines = page.split("\n").map((line) => line.split("|").slice(1, -1).map((x) => x.trim()));
  const at = lines.findIndex((cells) => cells.join(" ").startsWith(head));
  const end = lines.findIndex((cells, i) => i > at && cells.length === 0);
  assert(at >= 0, `a table with ${head}`);
  return lines.slice(at + 2, end);
}

Deno.test("a recipe has one row, with what each of its seeds reached and a picture", () => {
  assertEquals(table(fixturesReadme(TEXTS), "recipe what"), [[
    "[wide](models/wide/recipe.ts)",
    "to be trained in tests",
    "1 layer, d_model 8",
    "1,234",
    "1.23 MB",
    "0.0 M",
    "2 min",
    "1.250",
    "1.500",
    "![wide](models/wide/loss.svg)",
  ]]);
});

Deno.test("small files are not said to have none of a megabyte", () => {
  const card = { ...TEXTS[0].card, bytes: 640 };
  const page = fixturesReadme([{ ...TEXTS[0], card }]);
  assertEquals(table(page, "recipe what")[0][4], "0.6 kB");
});

Deno.test("what all are compared with stands once, and what only one is has its name", () => {
  const page = fixturesReadme([...TEXTS, made(tinyRecipe(), 1, 1.75)]);
  assertEquals(table(page, " nats per character"), [
    ["bigram (wide/1)", "1.500"],
    ["bigram (tiny)", "1.750"],
  ]);
  assertEquals(table(fixturesReadme(TEXTS), " nats per character"), [["bigram", "1.500"]]);
});

Deno.test("recipes stand in order of how far apart their seeds are; one alone is not apart", () => {
  const near = seeds([1, 2], () => tinyRecipe({ name: "near" }));
  const page = fixturesReadme([...TEXTS, made(tinyRecipe(), 1), ...near.map((x) => made(x, 1))]);
  assertEquals(table(page, "recipe apart"), [["near", "0.0000"], ["wide", "0.2500"]]);
});

Deno.test("all that there is is summed up", () => {
  assertEquals(table(fixturesReadme([...TEXTS, made(TOY, 1)]), " in all"), [
    ["recipes", "2"],
    ["models", "3"],
    ["parameters", "3,702"],
    ["MB of weights", "3.7"],
    ["tokens or examples", "0.0 M"],
    ["time on one core", "4 min"],
  ]);
});

Deno.test("a model without a mask has its loss marked, and only then is the mark explained", () => {
  const page = fixturesReadme([...TEXTS, made(UNMASKED, 0.01)]);
  assertEquals(table(page, "recipe what")[1].slice(7, 9), ["0.010*", ""]);
  assertStringIncludes(page, "Without a mask it is shown what it is to predict");
  assert(!fixturesReadme(TEXTS).includes("Without a mask"));
});

Deno.test("toys have a table of their own", () => {
  const page = fixturesReadme([...TEXTS, made(TOY, 0.5)]);
  const toys = page.slice(page.indexOf("## Toys"));
  assertEquals(table(toys, "recipe what")[0].slice(0, 3), [
    "[toy](models/toy/recipe.ts)",
    "to be trained in tests",
    "5 features in 2",
  ]);
  assertEquals(table(page, "recipe what").length, 1, "the first table is of text");
});

Deno.test("a card that does not say what its model reached is named", () => {
  const recipe = tinyRecipe();
  assertThrows(
    () => fixturesReadme([{ recipe, card: cardOf(recipe), parameters: 1 }]),
    Error,
    'Cannot tell what tiny reached: its card must have a figure "loss, model"',
  );
});

Deno.test("seeds of a recipe belong together", () => {
  assertEquals(byRecipe([...TEXTS, made(TOY, 1)]).map(({ length }) => length), [2, 1]);
});
