import { assertEquals } from "@std/assert";
import { makeConfig } from "../../model/mod.ts";
import { inductionData } from "./induction_data.ts";
import { tinyRecipe } from "../testing/tiny_recipe.ts";
import { toyBooks } from "../testing/toy_books.ts";

/** All of its text is one letter, which no block of repeats can be. */
const BOOKS = toyBooks("a".repeat(40), "aaaa");
const config = makeConfig({ ...tinyRecipe().config, d_vocab: 256, n_ctx: 7 });
const RECIPE = tinyRecipe({ config, batch: 4 });
const data = await inductionData(() => Promise.resolve(BOOKS), { alone: 3, block: [2, 4] })(RECIPE);

Deno.test("repeats come alone at first, then half of each batch is text", () => {
  const isText = (row: number[]) => new Set(row).size === 1;
  const texts = (step: number) => data.batches(step).map(isText);
  assertEquals(texts(2), [false, false, false, false], "the last step alone");
  assertEquals(texts(3), [false, false, true, true]);
  assertEquals(data.batches(3).map((row) => row.length), [8, 8, 8, 8]);
});

Deno.test("a model is scored on each half of sequences said twice, then on text", async () => {
  const scored: number[][] = [];
  const losses = (rows: number[][]) => {
    scored.push(...rows);
    return Promise.resolve(rows.map((row) => row.slice(1).map((_, i) => i)));
  };
  const figures = await data.score(losses);
  const twice = scored.slice(0, 64);
  for (const row of twice) {
    assertEquals(row.slice(0, 3), row.slice(3), "three tokens, twice: the context has seven");
    assertEquals(new Set(row).size, 3, "all different");
  }
  // Losses 0 and 1 are of the first half; 2 is of where the second begins, which nothing foretells.
  assertEquals(figures.slice(0, 2), [
    { label: "second half of 3 random tokens said twice", value: 3.5, unit: "nats per token" },
    { label: "first half of 3 random tokens said twice", value: 0.5, unit: "nats per token" },
  ]);
  assertEquals(figures[2].label, "held-out loss, model");
});
