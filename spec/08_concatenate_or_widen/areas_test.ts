import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Tensor } from "../../lib/tensor/mod.ts";
import { makeConfig, makeModel, randomWeights } from "../../lib/model/mod.ts";
import { leftOf, spread, tokensOf } from "./areas.ts";

Deno.test("vectors along one coordinate, in order, fill one dimension and are a ruler", () => {
  const { ratio, directions, first, ruler, coordinates, along } = spread(
    Tensor.from([[7, 0], [7, 2], [7, 4], [7, 6]]),
  );
  assertAlmostEquals(ratio, 1, 1e-6);
  assertEquals(directions, 1);
  assertAlmostEquals(first, 1, 1e-6);
  assertAlmostEquals(ruler, 1, 1e-6);
  assertAlmostEquals(coordinates, 1, 1e-6);
  assertEquals(along.map(Math.sign), [-1, -1, 1, 1], "from the first to the last");
});

Deno.test("vectors that mirror each other are no ruler, and may lie across the coordinates", () => {
  const { directions, ruler, coordinates } = spread(Tensor.from([[1, 1], [-1, -1], [1, 1]]));
  assertEquals(directions, 1);
  assertAlmostEquals(ruler, 0, 1e-6);
  assertAlmostEquals(coordinates, 2, 1e-6);
});

Deno.test("where the vocabulary is shorter than the window, each token is taken once", () => {
  const config = makeConfig({ n_layers: 1, d_model: 4, n_heads: 1, d_vocab: 3, n_ctx: 8 });
  const model = makeModel("few words", config, randomWeights(config, 1));
  assertEquals(tokensOf(model), model.weights["embed.W_E"]);
});

Deno.test("a table that shrank to half is all drawn, and a quarter of the variance drawn is left", () => {
  const drawn = Tensor.from([[2, 0], [-2, 0]]);
  const { ofTable, ofDrawn } = leftOf(drawn, Tensor.from([[5, 1], [3, 1]]));
  assertAlmostEquals(ofTable, 1, 1e-6);
  assertAlmostEquals(ofDrawn, 0.25, 1e-6);
});

Deno.test("where as much was learned as is left, half of the table is drawn", () => {
  const drawn = Tensor.from([[2, 0], [-2, 0]]);
  const { ofTable, ofDrawn } = leftOf(drawn, Tensor.from([[2, 2], [-2, -2]]));
  assertAlmostEquals(ofTable, 0.5, 1e-6);
  assertAlmostEquals(ofDrawn, 1, 1e-6);
});

Deno.test("nothing is left in a table at right angles", () => {
  const drawn = Tensor.from([[1, 0], [-1, 0]]);
  assertEquals(leftOf(drawn, Tensor.from([[0, 2], [0, -2]])), { ofTable: 0, ofDrawn: 0 });
});
