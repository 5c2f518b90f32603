import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Tensor } from "../../tensor/mod.ts";
import { makeAutoencoder } from "../../model/autoencoder/autoencoder.ts";
import { featureDirections, rebuiltShares, superposition } from "./superposition.ts";

const config = { n_features: 3, d_hidden: 2, sparsity: 0.9, decay: 0.9 };

/** An autoencoder of these featureDirections, a row for each feature. */
const toy = (rows: number[][]) =>
  makeAutoencoder("toy", config, { W: Tensor.from(rows).transpose(1, 0), b: Tensor.full([3]) });

Deno.test("a dimension of its own for each feature keeps it whole, and the rest not at all", async () => {
  const { kept, dimensions, features, rebuilt, lengths } = await superposition(
    toy([[1, 0], [0, 1], [0, 0]]),
  );
  assertEquals({ kept, dimensions, features, lengths }, {
    kept: 2,
    dimensions: 2,
    features: 3,
    lengths: [1, 1, 0],
  });
  assertEquals(rebuilt.slice(0, 2), [1, 1], "bit for bit");
  // Zeros in place of a feature that is U(0, 1) with p = 0.1: 1 - (p / 3) / (p / 3 - (p / 2)^2).
  assertAlmostEquals(rebuilt[2], 1 - (0.1 / 3) / (0.1 / 3 - 0.0025), 0.02, "worse than the mean");
});

Deno.test("opposite directions keep three features in two dimensions where they are sparse", async () => {
  const model = toy([[1, 0], [0, 1], [0, -1]]);
  assertEquals((await superposition(model)).kept, 3);
  assertEquals((await superposition(model, { sparsity: 0 })).kept, 1, "dense ones cancel");
});

Deno.test("shares and directions are those of plain numbers", () => {
  assertEquals(featureDirections(toy([[1, 2], [3, 4], [5, 6]])), [[1, 2], [3, 4], [5, 6]]);
  const x = Tensor.from([[1, 0], [3, 2]]); // variances 1 and 1, times two examples
  assertEquals(rebuiltShares(x, Tensor.from([[2, 0], [2, 1]])), [0, 0.5]);
});
