import { assertAlmostEquals, assertEquals } from "@std/assert";
import { max } from "../../lib/tensor/mod.ts";
import { fromLosses, meanOfPerplexities, perplexities, sumOverTexts } from "./perplexity.ts";
import { ignorant } from "./subjects.ts";

Deno.test("where all words are alike, perplexity is how many there are", async () => {
  const model = await ignorant.load();
  const { d_vocab, n_ctx } = model.config;
  const { byProduct, byLosses, predictions, allAlike } = await perplexities(model);
  assertEquals([allAlike, predictions], [true, 2 * (n_ctx - 1)]);
  assertAlmostEquals(byProduct, d_vocab, 1e-8);
  assertAlmostEquals(byLosses, d_vocab, 1e-8);
  assertAlmostEquals((await meanOfPerplexities(model)).byLosses, d_vocab, 1e-8, "one for all");
  const largest = await fromLosses(model, max);
  assertAlmostEquals(largest.byLosses, Math.log(d_vocab), 1e-9, "what is asked for is made");
});

Deno.test("three words follow in as many ways as there are pairs of words, all alike", async () => {
  const { sum, texts } = await sumOverTexts(await ignorant.load());
  assertEquals(texts, 480 ** 2);
  assertAlmostEquals(sum, 1, 1e-10);
});
