import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import * as models from "../../fixtures/mod.ts";
import * as guesses from "./guesses.ts";

Deno.test("two heads built by hand know what comes next, and in another order they do not", async () => {
  const model = await models.inductionByHand.load();
  assertAlmostEquals((await guesses.ofLength(5, 17)(model)).known, 1, 1e-9);
  assertLess((await guesses.ofLength(5, 17)(model)).loss, 1e-9);
  const { rows } = await guesses.ofLength(9, 9)(model);
  assertEquals(rows.map(({ block }) => block), Array(8).fill(9));
});

Deno.test("a model that was never trained has a row for each length, and knows nothing of any", async () => {
  const model = smallModel({ attn_only: true, d_vocab: 60, n_ctx: 100 });
  const { rows, known } = await guesses.everyLength(model);
  assertEquals(rows.map(({ block }) => block), Array.from({ length: 37 }, (_, i) => 12 + i));
  assertLess(Math.abs(known), 0.01);
});

Deno.test("what comes again in another order cannot be known", async () => {
  const model = await models.trainedModel("attn-2l/1").load();
  assertGreater((await guesses.goesOn(model)).known, 0.99);
  assertLess((await guesses.inAnotherOrder(model)).known, 0.1);
});

Deno.test("before training a model without layers knows no more than chance, in any order", async () => {
  const fresh = models.beforeTraining(models.trainedModel("attn-0l/1"));
  const carded = await models.modelWithCard("attn-0l/1", fresh).load();
  for (const measure of [guesses.besideBigrams(), guesses.besideBigrams("another")]) {
    const { loss, chance, table, oneLayer } = await measure(carded);
    assertAlmostEquals(loss, chance, 0.1);
    assertLess(oneLayer, chance - 2, "of a trained one");
    assertLess(table, chance - 2, "the card's");
  }
});
