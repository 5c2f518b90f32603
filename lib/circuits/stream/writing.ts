import type { Model } from "../../model/model.ts";
import { run } from "../../runtime/run.ts";
import type { Tokens } from "../../runtime/tokens.ts";
import { add } from "../../tensor/arithmetic.ts";
import { maxAbs, maxDifference } from "../../tensor/compare.ts";

/** What the blocks of a model did to the stream, as evidence. */
export type Writing = {
  /** The most by which the stream after a block missed what it was plus what the block put out. */
  readonly off: number;
  /** The least, over all parts of all blocks, of the largest number that a part put out. */
  readonly wrote: number;
};

/**
 * Whether all that a block does to the stream is to add what its parts put out. The sum is rounded
 * to 32 bits where the model rounds it, part by part, so that a sound model is off by exactly zero.
 *
 * @throws {RangeError} If the model has no block.
 */
export async function writing(model: Model, tokens: Tokens): Promise<Writing> {
  const { n_layers, attn_only } = model.config;
  if (n_layers === 0) {
    throw new RangeError(`Cannot see what is written: ${model.name} has no block`);
  }
  const parts = attn_only ? ["hook_attn_out"] : ["hook_attn_out", "hook_mlp_out"];
  const ends = ["hook_resid_pre", "hook_resid_post"];
  const blocks = Array.from(
    { length: n_layers },
    (_, layer) => (hook: string) => `blocks.${layer}.${hook}`,
  );
  const kept = await run(model, tokens, {
    hooks: blocks.flatMap((at) => [...ends, ...parts].map(at)),
  });
  const found = blocks.map((at) => {
    const written = parts.map((part) => kept.get(at(part)));
    const added = add(kept.get(at("hook_resid_pre")), ...written);
    const off = maxDifference(added, kept.get(at("hook_resid_post")));
    return { off, wrote: Math.min(...written.map(maxAbs)) };
  });
  return {
    off: Math.max(...found.map(({ off }) => off)),
    wrote: Math.min(...found.map(({ wrote }) => wrote)),
  };
}
