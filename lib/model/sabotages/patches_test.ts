import { assert } from "@std/assert";
import { run } from "../../runtime/run.ts";
import { TEXTS } from "../../runtime/testing/broken.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { smallModel } from "../testing/small_models.ts";
import { detachedPatches, zeroPatches } from "./patches.ts";

const model = smallModel();
const [hook, result] = ["blocks.0.attn.hook_z", "blocks.0.hook_attn_out"];

/** What attention writes where the heads' reading is patched, or left alone. */
async function written(of = model, to?: "zero" | "mean") {
  const interventions = to ? [{ hook, to }] : [];
  return (await run(of, TEXTS, { hooks: [result], interventions })).get(result);
}

Deno.test("where nobody intervenes nothing is broken", async () => {
  for (const sabotage of [detachedPatches, zeroPatches]) {
    assertSameBits(await written(sabotage.apply(model)), await written(), sabotage.name);
  }
});

Deno.test("a patch that does not take leaves what was there, and one by means puts zeros", async () => {
  const [sound, zero, mean] = [
    await written(),
    await written(model, "zero"),
    await written(model, "mean"),
  ];
  assert(`${mean.data}` !== `${zero.data}`, "means are no zeros");
  assertSameBits(await written(detachedPatches.apply(model), "mean"), sound, "it does not take");
  assertSameBits(await written(zeroPatches.apply(model), "mean"), zero, "a mean is zero");
  assertSameBits(await written(zeroPatches.apply(model), "zero"), zero, "zero is zero");
});
