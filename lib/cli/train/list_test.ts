import { assertEquals } from "@std/assert";
import { tinyRecipe, tinySeeds } from "../../training/testing/tiny_recipe.ts";
import { cardOf } from "../testing/card.ts";
import { trainList } from "./list.ts";

Deno.test("recipes are listed in columns, with what their models reached", () => {
  const figures = [
    { label: "held-out loss, model", value: 1.23456, unit: "nats per character" },
    { label: "held-out loss, model", value: 2.5, unit: "nats per token" },
  ];
  const [first, second] = tinySeeds({ steps: 100_000 });
  const lines = trainList([
    { recipe: tinyRecipe() },
    { recipe: first, card: cardOf(first, { figures }) },
    { recipe: second, card: cardOf(second) },
  ]);
  assertEquals(lines, [
    "tiny    1 layer, d_model 8  0.0M tokens  not trained               to be trained in tests",
    "tiny/1  1 layer, d_model 8  1.2M tokens  1.235 nats per character  to be trained in tests",
    "tiny/2  1 layer, d_model 8  1.2M tokens  trained                   to be trained in tests",
  ]);
});

Deno.test("where there are no recipes the list is empty", () => {
  assertEquals(trainList([]), []);
});
