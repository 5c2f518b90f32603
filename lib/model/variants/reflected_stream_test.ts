import "../../runtime/testing/give_back.ts";
import { assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { run } from "../../runtime/run.ts";
import { maxDifference } from "../../tensor/mod.ts";
import { makeConfig } from "../config.ts";
import { randomWeights } from "../init.ts";
import { makeModel } from "../model.ts";
import { reflectedStream } from "./reflected_stream.ts";

const SIZES = { n_layers: 2, d_model: 12, n_heads: 3, d_head: 4, d_vocab: 17, n_ctx: 9 };
const TOKENS = [[3, 1, 4, 1, 5]];

function model(change: object = {}) {
  const config = makeConfig({ ...SIZES, normalization: "none", ...change });
  return makeModel("small", config, randomWeights(config, 1));
}

for (
  const change of [
    {},
    { tied: true, attn_only: true },
    { positions: "rotary", gated_mlp: true, n_key_value_heads: 1 },
  ]
) {
  Deno.test(`in other coordinates the logits are the same: ${JSON.stringify(change)}`, async () => {
    const sound = model(change);
    const { logits } = await run(sound, TOKENS);
    const hook = "blocks.0.hook_resid_pre";
    const other = await run(reflectedStream(sound), TOKENS, { hooks: [hook] });
    assertLess(maxDifference(other.logits, logits), 1e-4, "a few roundings of sums of products");
    const before = (await run(sound, TOKENS, { hooks: [hook] })).get(hook);
    assertGreater(maxDifference(other.get(hook), before), 0.1, "and the stream is another");
  });
}

Deno.test("readers without their writers understand nothing", async () => {
  const sound = model();
  const { logits } = await run(reflectedStream(sound, { writers: false }), TOKENS);
  assertGreater(maxDifference(logits, (await run(sound, TOKENS)).logits), 0.1);
});

Deno.test("where coordinates are singled out it is refused", () => {
  for (
    const change of [{ normalization: "LN" }, { normalization: "RMS" }, { positions: "sinusoidal" }]
  ) {
    const error = assertThrows(() => reflectedStream(model(change)), RangeError);
    assertEquals(error.message.startsWith("Cannot reflect the stream of small"), true);
  }
});
