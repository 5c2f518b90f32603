import "../../runtime/testing/give_back.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
} from "@std/assert";
import { run } from "../../runtime/mod.ts";
import { maxAbs } from "../../tensor/mod.ts";
import { fadingStream, overwrittenStream, selfOnlyHeads } from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { residualSum } from "./residual_sum.ts";
import { streamLinearity } from "./stream_linearity.ts";

const TEXT = [1, 2, 3, 4, 0, 5];
const NO_BLOCK = smallModel({ n_layers: 0, positions: "none" });

Deno.test("blocks add what they put out, and what a broken one takes away is seen", async () => {
  for (const model of [smallModel({ n_layers: 2 }), smallModel({ attn_only: true })]) {
    const { off, wrote } = await residualSum(model, [TEXT]);
    assertEquals(off, 0, `${model.name}: to the bit`);
    assertGreater(wrote, 0, `${model.name}: something`);
  }
  const pre = "blocks.0.hook_resid_pre";
  const largest = maxAbs((await run(smallModel(), [TEXT], { hooks: [pre] })).get(pre));
  for (const [share, sabotage] of [[1, overwrittenStream], [0.25, fadingStream(0.25)]] as const) {
    const { off } = await residualSum(sabotage.apply(smallModel()), [TEXT]);
    // The stream's numbers of about 1 are rounded twice on the way, at 6e-8 each.
    assertAlmostEquals(off, share * largest, 1e-6, `${share} of what came in`);
  }
  await assertRejects(() => residualSum(NO_BLOCK, [TEXT]), RangeError, "has no block");
});

Deno.test("what is linear stays so, and the rest does not by what is not held", async () => {
  const fromLinear = async (model = NO_BLOCK, held = false) =>
    (await streamLinearity(model, TEXT, { held })).fromLinear;
  const linear = smallModel({ attn_only: true, normalization: "none" });
  assertLess(await fromLinear(selfOnlyHeads.apply(linear)), 1e-6, "a fixed pattern");
  for (const model of [linear, smallModel({ attn_only: true })]) {
    assertGreater(await fromLinear(model), 1e-3, "patterns and scales that follow the stream");
    assertLess(await fromLinear(model, true), 1e-6, "and that are held");
  }
  assertGreater(await fromLinear(smallModel(), true), 1e-3, "an MLP still bends");
  await assertRejects(() => fromLinear(), RangeError, "has no block");
});
