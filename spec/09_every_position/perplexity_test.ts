import { assertAlmostEquals, assertEquals } from "@std/assert";
import { max } from "../../lib/tensor/mod.ts";
import { perplexities } from "./perplexity.ts";
import { ignorant } from "./subjects.ts";

Deno.test("where all words are alike, perplexity is how many there are", async () => {
  const model = await ignorant.load();
  const { d_vocab, n_ctx } = model.config;
  const { byProduct, byLosses, predictions, allAlike } = await perplexities(model);
  assertEquals([allAlike, predictions], [true, 2 * (n_ctx - 1)]);
  assertAlmostEquals(byProduct, d_vocab, 1e-8);
  assertAlmostEquals(byLosses, d_vocab, 1e-8);
  const largest = await perplexities(model, max);
  assertAlmostEquals(largest.byLosses, Math.log(d_vocab), 1e-9, "what is asked for is made");
});
