import { assertAlmostEquals, assertGreater, assertLess } from "@std/assert";
import { makeModel } from "../../model/mod.ts";
import { logitsWithoutBias } from "../../model/sabotages/mod.ts";
import { LLAMA, oneOfEach, smallModel } from "../../model/testing/small_models.ts";
import { Tensor } from "../../tensor/tensor.ts";
import "../../runtime/testing/give_back.ts";
import { offLogitFormula } from "./logit_formula.ts";

const TEXT = [1, 2, 3, 4, 5];

Deno.test("sound models are as their config and weights say, but for rounding", async () => {
  // A thousand sums in 32 bits, each rounded at 6e-8 of what stands there.
  for (const model of [...oneOfEach(), smallModel(LLAMA)]) {
    assertLess(await offLogitFormula(model, TEXT), 1e-5, model.name);
  }
});

Deno.test("what is off is told relative to the largest logit", async () => {
  const { config, weights } = smallModel({ n_layers: 0, normalization: "none" });
  const none = Object.entries(weights).map(([name, x]) => [name, Tensor.full(x.shape)]);
  const b_U = Tensor.full([config.d_vocab], 2);
  const model = makeModel("says 2", config, { ...Object.fromEntries(none), "unembed.b_U": b_U });
  assertAlmostEquals(await offLogitFormula(model, TEXT), 0, 1e-6);
  assertAlmostEquals(await offLogitFormula(logitsWithoutBias.apply(model), TEXT), 1, 1e-6);
  assertGreater(await offLogitFormula(logitsWithoutBias.apply(smallModel()), TEXT), 1e-2);
});
