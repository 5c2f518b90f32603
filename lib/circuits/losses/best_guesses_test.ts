import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { makeConfig, makeModel } from "../../model/mod.ts";
import { Tensor } from "../../tensor/mod.ts";
import { bestGuesses } from "./best_guesses.ts";

Deno.test("a model without layers whose tokens have a direction each guesses the token again", async () => {
  const config = makeConfig({
    ...{ n_layers: 0, d_model: 3, n_heads: 1, d_vocab: 3, n_ctx: 5 },
    ...{ positions: "none", normalization: "none", tied: true },
  });
  const W_E = Tensor.from([[2, 0, 0], [0, 2, 0], [0, 0, 2]]);
  const { best, sure } = await bestGuesses(makeModel("echo", config, { "embed.W_E": W_E }), [2, 0]);
  assertEquals(best, [2, 0]);
  // A logit of 4 among two of 0.
  for (const each of sure) assertAlmostEquals(each, Math.exp(4) / (Math.exp(4) + 2), 1e-6);
});
