import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import type { Model } from "../../model/mod.ts";
import { product, Tensor } from "../../tensor/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { principalComponents, varianceWithin } from "./principal_components.ts";
import {
  betweenPositions,
  positionSubspace,
  randomSubspace,
  type Written,
  writtenByLayer,
} from "./subspaces.ts";

/** A model whose positions lie along its third coordinate, and a little along its first. */
function lined(): Model {
  const model = smallModel();
  const W_pos = model.weights["pos_embed.W_pos"];
  const [, width] = W_pos.shape;
  const along = W_pos.map((_, i) => {
    const row = Math.floor(i / width);
    return i % width === 2 ? row : i % width === 0 ? 0.1 * (row % 2) : 1;
  });
  return { ...model, weights: { ...model.weights, "pos_embed.W_pos": along } };
}

Deno.test("the subspace of positions is as small as holds most of what tells them apart", () => {
  const model = lined();
  const { axes, chance } = positionSubspace(
    model,
    principalComponents(model.weights["pos_embed.W_pos"]),
  );
  assertEquals([axes.shape, chance], [[model.config.d_model, 1], 1 / model.config.d_model]);
  assertAlmostEquals(Math.abs(axes.at(2, 0)), 1, 0.01, "the third coordinate");
});

Deno.test("what is written along the subspace counts, and nothing else", async () => {
  const model = lined();
  const subspace = positionSubspace(model, principalComponents(model.weights["pos_embed.W_pos"]));
  const only = (coordinate: number) => {
    const W_out = model.weights["blocks.0.mlp.W_out"];
    const kept = W_out.map((value, i) => i % W_out.shape[1] === coordinate ? value : 0);
    return { ...model, weights: { ...model.weights, "blocks.0.mlp.W_out": kept } };
  };
  const text = [[1, 2, 3, 4]];
  const [attn, inside] = await writtenByLayer(only(2), text);
  const [, outside] = await writtenByLayer(only(1), text);
  const share = ({ vectors }: Written) => varianceWithin(vectors.get(0), [subspace.axes])[0];
  assertEquals([attn.layer, inside.layer], ["0.attn", "0.mlp"]);
  // The subspace is along the third coordinate but for a hundredth.
  assertAlmostEquals(share(inside), 1, 0.01, "along it");
  assertLess(share(outside), 0.01, "across it");
});

Deno.test("a random subspace has as many directions, which are orthonormal", () => {
  const { axes, chance } = randomSubspace({ axes: Tensor.full([10, 3]), chance: 0.3 });
  assertEquals([axes.shape, chance], [[10, 3], 0.3]);
  const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  assertClose(product(axes.transpose(1, 0), axes).data, identity, 1e-6, "products");
});

Deno.test("what depends on the position alone lies between positions, and on the text alone not", () => {
  // Two texts of two positions: the first coordinate says which position, the second which text.
  const x = Tensor.from([[[1, 5], [-1, 5]], [[1, -5], [-1, -5]]]);
  const [position, text] = betweenPositions(
    x,
    [[[1], [0]], [[0], [1]]].map((axes) => Tensor.from(axes)),
  );
  assertEquals(position, 1);
  // All of four squares lies within positions, which leave two of three degrees of freedom.
  assertAlmostEquals(text, 1 - 3 / 2, 1e-6);
});
