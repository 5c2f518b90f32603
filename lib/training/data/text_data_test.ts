import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { makeConfig } from "../../model/mod.ts";
import { tinyRecipe } from "../testing/tiny_recipe.ts";
import { toyBooks } from "../testing/toy_books.ts";
import { textData } from "./text_data.ts";

const BOOKS = toyBooks("abcabcabcabcabcabc", "abcabca");
const RECIPE = tinyRecipe({ config: makeConfig({ ...tinyRecipe().config, d_vocab: 256 }) });
const data = await textData(() => Promise.resolve(BOOKS))(RECIPE);

Deno.test("a recipe's batches are windows of the training texts", () => {
  const rows = data.batches(0);
  assertEquals(rows.map((row) => row.length), [7, 7], "its batch, its context and one token more");
  for (const row of rows) assert("abcabcabcabcabcabc".includes(BOOKS.tokenizer.decode(row)));
});

Deno.test("the books stand on the card", () => assertEquals(data.sources, BOOKS.corpus.data));

Deno.test("a model is scored on held-out text, beside simpler models of the same tokens", async () => {
  const scored: number[][] = [];
  const losses = (rows: number[][]) => {
    scored.push(...rows);
    return Promise.resolve(rows.map((row) => row.slice(1).map(() => 0.5)));
  };
  const figures = await data.score(losses);
  assertEquals(scored, [[...BOOKS.heldOut[0].tokens]], "one row: seven tokens fit the context");
  assertEquals(figures.map(({ label, unit }) => `${label} (${unit})`), [
    "held-out loss, model (nats per character)",
    "held-out loss, trigram, interpolated Kneser-Ney (nats per character)",
    "held-out loss, bigram, add-one (nats per character)",
    "held-out loss, uniform (nats per character)",
    "held-out loss, model (nats per token)",
  ]);
  const [model, trigram, bigram, uniform, perToken] = figures.map(({ value }) => value);
  assertEquals([model, perToken], [0.5, 0.5], "as it was told; here a token is a character");
  assertAlmostEquals(uniform, Math.log(256), 1e-12, "an even guess among all bytes");
  // Add-one: "b" followed "a" six times of six, so it has 7 of 6 + 256; likewise "c" after "b".
  // "a" followed "c" five times of five: 6 of 5 + 256. Each pair is there twice.
  assertAlmostEquals(bigram, (4 * Math.log(262 / 7) + 2 * Math.log(261 / 6)) / 6, 1e-12);
  assertLess(trigram, bigram, "the trigram does not spread its guesses so thin");
});
