import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { mean, standardError } from "../tensor/statistics.ts";
import { makeConfig, makeModel, type Weights } from "./mod.ts";
import { initialWeights, randomWeights } from "./init.ts";
import { anyConfig } from "./testing/config_arbitrary.ts";

const CONFIG = makeConfig({ n_layers: 2, d_model: 32, n_heads: 4, d_vocab: 60, n_ctx: 20 });

Deno.test("drawn weights fit their config and depend on the seed alone", () => {
  fc.assert(
    fc.property(anyConfig, fc.nat(), (config, seed) => {
      for (const draw of [initialWeights, randomWeights]) {
        const weights = draw(config, seed);
        makeModel("drawn", config, weights); // throws where one does not fit
        assertEquals(draw(config, seed), weights, "the same seed");
        const finite = Object.values(weights).every(({ data }) => data.every(Number.isFinite));
        assert(finite, "every weight is finite");
      }
      const E = (seed: number) => randomWeights(config, seed)["embed.W_E"];
      assert(`${E(seed).data}` !== `${E(seed + 1).data}`, "another seed");
    }),
    { seed: 3, numRuns: 40 },
  );
});

/** Standard deviation of all numbers of the parameters whose names match. */
function deviationOf(weights: Weights, names: RegExp): number {
  const chosen = Object.entries(weights).filter(([name]) => names.test(name));
  const numbers = chosen.flatMap(([, { data }]) => [...data]);
  return standardError(numbers) * Math.sqrt(numbers.length);
}

Deno.test("initial weights are GPT-2's: 0.02, less where they write to the stream, biases 0", () => {
  const weights = initialWeights(CONFIG, 1);
  // An estimate from n draws strays by 1/sqrt(2n) of itself; n is 2048 or more: five of that is 8%.
  const near = (names: RegExp, expected: number, what: string) =>
    assertAlmostEquals(deviationOf(weights, names), expected, 0.08 * expected, what);
  near(/W_(E|Q|K|V|in|U)$/, 0.02, "matrices that read");
  near(/W_O$/, 0.02 / 2, "W_O: 0.02 / sqrt(2 * 2 layers)");
  near(/W_out$/, 0.02 / 2, "W_out");
  const full = initialWeights({ ...CONFIG, query_key: "full" }, 1);
  // Heads of 8: a number of W_Q W_K^T is the sum of eight products.
  assertAlmostEquals(deviationOf(full, /W_QK$/), 0.02 ** 2 * Math.sqrt(8), 1e-4, "W_QK");
  for (const [name, { data }] of Object.entries(weights)) {
    const constant = /ln\w*\.w$/.test(name) ? 1 : /\.b(_\w+)?$/.test(name) ? 0 : undefined;
    if (constant !== undefined) assert(data.every((x) => x === constant), `${name} is ${constant}`);
  }
});

Deno.test("random weights are alive everywhere: 0.2, biases too, LayerNorm about 1", () => {
  const weights = randomWeights(CONFIG, 1);
  for (const [name, { data }] of Object.entries(weights)) {
    const centre = /ln\w*\.w$/.test(name) ? 1 : 0;
    // The mean of n draws strays by 0.2 / sqrt(n).
    const bound = 5 * 0.2 / Math.sqrt(data.length);
    assertAlmostEquals(mean(data), centre, bound, `the mean of ${name}`);
    assert(new Set(data).size > 1, `${name} varies`);
  }
});
