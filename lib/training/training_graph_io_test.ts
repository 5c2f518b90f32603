/** Every gradient of every variant, of two layers: too many for the plain suite, nothing else. */
import "../../fixtures/runtime.ts";
import { makeConfig } from "../model/config.ts";
import { checkModelGradients, SMALL, VARIANTS } from "./testing/model_gradients.ts";

for (const [what, change] of Object.entries(VARIANTS)) {
  Deno.test(`all gradients of every parameter are the loss's slopes: ${what}`, async () => {
    await checkModelGradients(makeConfig({ ...SMALL, n_layers: 2, ...change }), { seed: 2 });
  });
}
