import { assertAlmostEquals, assertEquals } from "@std/assert";
import { withOwnBigram } from "./own_bigram.ts";
import { tinyRecipe } from "../testing/tiny_recipe.ts";
import { toyBooks } from "../testing/toy_books.ts";

const BOOKS = toyBooks("never read: its own rows are", "ab");
const [[a, b]] = [BOOKS.heldOut[0].tokens];
const OTHER = { label: "held-out loss, model", value: 1, unit: "nats per token" };

const asked: number[] = [];
/** In all steps together, b follows a as often as there are steps, and a follows b. */
const batches = (step: number) => {
  asked.push(step);
  return [[a, b], [b, a]];
};
const data = withOwnBigram(
  () => Promise.resolve(BOOKS),
  () => Promise.resolve({ batches, sources: [], score: () => Promise.resolve([OTHER]) }),
);

Deno.test("a model is compared with the pairs of the rows of its own steps, behind the rest", async () => {
  const { score } = await data(tinyRecipe({ steps: 3 }));
  const [other, ...own] = await score(() => Promise.resolve([]));
  assertEquals(other, OTHER);
  assertEquals(asked, [0, 1, 2], "each step once");
  const label = "held-out loss, bigram of its own batches, add-one";
  assertEquals(own.map(({ label, unit }) => ({ label, unit })), [
    { label, unit: "nats per character" },
    { label, unit: "nats per token" },
  ]);
  // Held out is one pair, of one character each: three times b after three times a, one added to
  // each of the 256 that might have followed.
  for (const { value } of own) assertAlmostEquals(value, -Math.log((3 + 1) / (3 + 256)), 1e-12);
});

Deno.test("what it learns from is left as it is", async () => {
  assertEquals((await data(tinyRecipe())).batches, batches);
});
