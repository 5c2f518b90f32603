import "../../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import type { Model } from "../../model/model.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { releaseSessions } from "../../runtime/pool.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { positionArea, randomArea, writtenInto } from "./position_area.ts";

Deno.test.afterAll(releaseSessions);

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

Deno.test("the area of positions is as small as holds most of what tells them apart", () => {
  const model = lined();
  const { axes, chance } = positionArea(model);
  assertEquals([axes.shape, chance], [[model.config.d_model, 1], 1 / model.config.d_model]);
  assertAlmostEquals(Math.abs(axes.at(2, 0)), 1, 0.01, "the third coordinate");
});

Deno.test("what is written along the area counts, and nothing else", async () => {
  const model = lined();
  const area = positionArea(model);
  const only = (coordinate: number) => {
    const W_out = model.weights["blocks.0.mlp.W_out"];
    const kept = W_out.map((value, i) => i % W_out.shape[1] === coordinate ? value : 0);
    return { ...model, weights: { ...model.weights, "blocks.0.mlp.W_out": kept } };
  };
  const text = [[1, 2, 3, 4]];
  const [attn, inside] = await writtenInto(only(2), [area], text);
  const [, outside] = await writtenInto(only(1), [area], text);
  assertEquals([attn.layer, inside.layer], ["0.attn", "0.mlp"]);
  // The area is along the third coordinate but for a hundredth.
  assertAlmostEquals(inside.shares[0], 1, 0.01, "along it");
  assertLess(outside.shares[0], 0.01, "across it");
});

Deno.test("a random area has as many directions, which are orthonormal", () => {
  const axes = Tensor.full([10, 3]);
  const area = randomArea({ axes, chance: 0.3 });
  assertEquals([area.axes.shape, area.chance], [[10, 3], 0.3]);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      let dot = 0;
      for (let k = 0; k < 10; k++) dot += area.axes.at(k, i) * area.axes.at(k, j);
      assertAlmostEquals(dot, i === j ? 1 : 0, 1e-6, `${i} and ${j}`);
    }
  }
});
