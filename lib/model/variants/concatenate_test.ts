import "../../runtime/testing/give_back.ts";
import { assertEquals, assertGreater, assertThrows } from "@std/assert";
import { run } from "../../runtime/run.ts";
import { maxDifference } from "../../tensor/compare.ts";
import { concatenated, separated } from "./concatenate.ts";
import { smallModel } from "../testing/small_models.ts";

const STREAM = "blocks.0.hook_resid_pre";
const TEXT = [[3, 1, 0]];

Deno.test("side by side means: the token's numbers, then the position's", async () => {
  const model = smallModel();
  const { d_model } = model.config;
  const stream = (await run(concatenated(model, 3), TEXT, { hooks: [STREAM] })).get(STREAM);
  TEXT[0].forEach((token, p) => {
    const W_E = model.weights["embed.W_E"].get(token).data;
    const W_pos = model.weights["pos_embed.W_pos"].get(p).data;
    assertEquals([...stream.get(0, p).data], [...W_E.slice(0, 3), ...W_pos.slice(3, d_model)]);
  });
});

Deno.test("separate coordinates add up to the same; shared ones do not", async () => {
  const model = smallModel();
  const [side, apart, shared] = await Promise.all(
    [concatenated(model, 3), separated(model, 3), separated(model, 3, 1)]
      .map(async (m) => (await run(m, TEXT)).logits),
  );
  assertEquals(maxDifference(side, apart), 0);
  assertGreater(maxDifference(side, shared), 0);
});

Deno.test("what cannot be separated is refused", () => {
  assertThrows(() => separated(smallModel(), 0), RangeError, "a width from 1 to");
  assertThrows(() => separated(smallModel({ n_layers: 0 }), 3), RangeError, "0 layers");
  const message = "got rotary, 1 layers, 3";
  assertThrows(() => concatenated(smallModel({ positions: "rotary" }), 3), RangeError, message);
});
