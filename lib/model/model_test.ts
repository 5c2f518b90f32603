import { assertEquals, assertThrows } from "@std/assert";
import { Tensor } from "../tensor/tensor.ts";
import { makeModel } from "./model.ts";
import { smallModel } from "./testing/small_models.ts";

Deno.test("weights that do not fit their config are refused by name", () => {
  const { config, weights } = smallModel(); // d_model 10, d_mlp 7, d_vocab 11
  const { "blocks.0.mlp.W_in": _, ...missing } = weights;
  const refused = {
    "blocks.0.mlp.W_in must be [10,7], got nothing": missing,
    "unembed.b_U must be [11], got [6]": { ...weights, "unembed.b_U": Tensor.full([6]) },
    "there is no place for blocks.1.ln1.w": { ...weights, "blocks.1.ln1.w": Tensor.full([10]) },
  };
  for (const [problem, given] of Object.entries(refused)) {
    assertThrows(() => makeModel("m", config, given), RangeError, `Bad weights of m: ${problem}`);
  }
  assertEquals(makeModel("m", config, weights).rewrites, [], "a sound model has no rewrites");
});
