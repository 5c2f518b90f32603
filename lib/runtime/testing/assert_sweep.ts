import { assertEquals } from "@std/assert";
import type { Model } from "../../model/mod.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Intervention } from "../interventions.ts";
import { type Activations, run } from "../run.ts";
import { sweep, type SweepOptions } from "../sweep.ts";

/** What a sweep is tried on. */
export const TEXTS = [[1, 2, 3], [3, 0, 5]];
const [Z, RESID] = ["attn.hook_z", "hook_resid_pre"];
const KEPT = "blocks.1.hook_resid_mid";

/** What a sweep might try: nothing, single heads, a block's input, the embedding, the last norm. */
const CHANGES: readonly (readonly Intervention[])[] = [
  [],
  ...[0, 1].flatMap((layer) => [0, 2].map((head) => zero(`blocks.${layer}.${Z}`, [head]))),
  [{ hook: `blocks.1.${RESID}`, to: (x) => x.map((number) => number / 2), rows: [1] }],
  [{ hook: `blocks.1.${Z}`, to: "mean" }, ...zero(`blocks.0.${Z}`, [1])],
  [{ hook: "hook_embed", to: "zero", positions: [0] }],
  [{ hook: "ln_final.hook_scale", to: Tensor.from(2) }],
];

export function zero(hook: string, heads: number[]): Intervention[] {
  return [{ hook, to: "zero", heads }];
}

async function swept(model: Model, options: SweepOptions): Promise<Activations[]> {
  return await Array.fromAsync(sweep(model, TEXTS, CHANGES, options));
}

/** For tests: fails unless a sweep of a model of two blocks gives what a run of each change gives. */
export async function assertSweep(model: Model): Promise<void> {
  const [all, last] = [await swept(model, { hooks: [KEPT] }), await swept(model, { last: true })];
  assertEquals([all.length, last.length], [CHANGES.length, CHANGES.length], "one for each");
  for (const [i, interventions] of CHANGES.entries()) {
    const alone = await run(model, TEXTS, { hooks: [KEPT], interventions });
    assertSameBits(all[i].logits, alone.logits, `change ${i}: logits`);
    assertEquals(last[i].logits.shape, [2, 1, model.config.d_vocab], "one position");
    for (const row of TEXTS.keys()) {
      assertSameBits(last[i].logits.get(row, 0), alone.logits.get(row, 2), `change ${i}: last`);
    }
    // What a late start passes by is not there to be kept.
    assertSameBits(all[i].get(KEPT), alone.get(KEPT), `change ${i}: ${KEPT}`);
  }
}
