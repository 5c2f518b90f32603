import "../../runtime/testing/give_back.ts";
import { assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { run } from "../../runtime/mod.ts";
import { maxAbs, maxDifference } from "../../tensor/compare.ts";
import { splitHeads } from "./split_heads.ts";
import { noCausalMask, selfOnlyHeads } from "../sabotages/mod.ts";
import { LLAMA, smallModel } from "../testing/small_models.ts";

const TOKENS = [[1, 2, 3, 4, 5], [10, 0, 7, 7, 2]];

Deno.test("heads that share what one wrote write the same together", async () => {
  for (
    const change of [{}, { positions: "rotary" }, {
      ...LLAMA,
      n_heads: 3,
      n_key_value_heads: 1,
    }] as const
  ) {
    const model = smallModel({ ...change, n_layers: 2 });
    const sound = (await run(model, TOKENS)).logits;
    for (const shares of [[0.5, 0.5], [0.7, 0.2, 0.1], [1, 0]]) {
      const split = splitHeads(model, shares);
      assertEquals(split.config.n_heads, 3 * shares.length, `${shares.length} of each`);
      const { logits } = await run(split, TOKENS);
      // Sums of some dozen products, rounded at 6e-8 each, in another order.
      assertLess(
        maxDifference(logits, sound),
        1e-5 * maxAbs(sound),
        `${JSON.stringify(change)}, ${shares}`,
      );
    }
    const doubled = (await run(splitHeads(model, [1, 1]), TOKENS)).logits;
    assertGreater(maxDifference(doubled, sound), 0.01 * maxAbs(sound), "shares of more than all");
  }
});

Deno.test("copies look as their head does and stand beside it", async () => {
  const hook = "blocks.0.attn.hook_pattern";
  const model = smallModel();
  const patterns = (await run(splitHeads(model, [0.5, 0.5]), TOKENS, { hooks: [hook] })).get(hook);
  const sound = (await run(model, TOKENS, { hooks: [hook] })).get(hook);
  for (let head = 0; head < 6; head++) {
    const original = sound.get(0, Math.floor(head / 2));
    assertLess(maxDifference(patterns.get(0, head), original), 1e-6, `head ${head}`);
  }
});

Deno.test("heads that are not plain are not split", () => {
  const message = "plain heads are required, got";
  const split = (model: Parameters<typeof splitHeads>[0]) => () => splitHeads(model, [1]);
  assertThrows(split(smallModel({ positions: "alibi" })), RangeError, `${message} slopes`);
  assertThrows(split(selfOnlyHeads.apply(smallModel())), RangeError, `${message} rewrites`);
  assertEquals(split(noCausalMask.apply(smallModel()))().config.causal, false, "a config is kept");
});
