/** Sweeps of a model that runs in parts: too many numbers for the plain suite, nothing else. */
import "./testing/give_back.ts";
import { makeConfig, makeModel, type Model, parameterShapes } from "../model/mod.ts";
import { Tensor } from "../tensor/tensor.ts";
import { assertSweep } from "./testing/assert_sweep.ts";

/** As many numbers as make a model run in parts, nearly all of them in its MLPs. */
function largeModel(): Model {
  const config = makeConfig({
    n_layers: 2,
    d_model: 16,
    n_heads: 4,
    d_mlp: 2 ** 18,
    d_vocab: 11,
    n_ctx: 8,
  });
  const wave = (size: number) => Float32Array.from({ length: size }, (_, i) => Math.sin(i * i) / 3);
  const weights = Object.entries(parameterShapes(config)).map(([name, shape]) => {
    return [name, new Tensor(wave(shape.reduce((a, b) => a * b, 1)), shape)];
  });
  return makeModel("large", config, Object.fromEntries(weights));
}

Deno.test("a sweep of a large model begins each run where it is changed, and gives the same", async () => {
  await assertSweep(largeModel());
});
