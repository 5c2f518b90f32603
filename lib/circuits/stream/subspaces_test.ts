import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import type { Model } from "../../model/mod.ts";
import { product, Tensor } from "../../tensor/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { principalComponents } from "./principal_components.ts";
import { positionSubspace, randomSubspace, varianceWritten } from "./subspaces.ts";

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
  const [attn, inside] = await varianceWritten(only(2), [subspace], text);
  const [, outside] = await varianceWritten(only(1), [subspace], text);
  assertEquals([attn.layer, inside.layer], ["0.attn", "0.mlp"]);
  // The subspace is along the third coordinate but for a hundredth.
  assertAlmostEquals(inside.shares[0], 1, 0.01, "along it");
  assertLess(outside.shares[0], 0.01, "across it");
});

Deno.test("a random subspace has as many directions, which are orthonormal", () => {
  const { axes, chance } = randomSubspace({ axes: Tensor.full([10, 3]), chance: 0.3 });
  assertEquals([axes.shape, chance], [[10, 3], 0.3]);
  const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  assertClose(product(axes.transpose(1, 0), axes).data, identity, 1e-6, "products");
});
