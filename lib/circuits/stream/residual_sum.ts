import { inEachBlock, type Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { add, max, maxAbs, maxDifference, min } from "../../tensor/mod.ts";

/** Whether the residual stream is a sum of what is written to it, as evidence. */
export type ResidualSum = {
  /** The most by which the stream after a block missed what it was plus what the block put out. */
  readonly off: number;
  /** The least, over all parts of all blocks, of the largest number that a part put out. */
  readonly wrote: number;
};

/**
 * Whether all that a block does to the stream is to add what its parts put out: resid_post is
 * resid_pre + attn_out + mlp_out. The sum is rounded to 32 bits where the model rounds it, part by
 * part, so that a sound model is off by exactly zero.
 *
 * @throws {RangeError} If the model has no block.
 */
export async function residualSum(model: Model, tokens: Tokens): Promise<ResidualSum> {
  const { n_layers, attn_only } = model.config;
  if (n_layers === 0) {
    throw new RangeError(`Cannot see what is written: ${model.name} has no block`);
  }
  const parts = attn_only ? ["hook_attn_out"] : ["hook_attn_out", "hook_mlp_out"];
  const names = ["hook_resid_pre", "hook_resid_post", ...parts];
  const blocks = inEachBlock(model.config, "");
  const hooks = blocks.flatMap((block) => names.map((name) => block + name));
  const kept = await run(model, tokens, { hooks });
  const found = blocks.map((block) => {
    const [before, after, ...written] = names.map((name) => kept.get(block + name));
    const off = maxDifference(add([before, ...written]), after);
    return { off, wrote: min(written.map(maxAbs)) };
  });
  return { off: max(found.map(({ off }) => off)), wrote: min(found.map(({ wrote }) => wrote)) };
}
