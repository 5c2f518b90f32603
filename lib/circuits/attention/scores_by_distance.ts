import type { Model } from "../../model/model.ts";
import { needs } from "../../model/needs.ts";
import { run } from "../../runtime/run.ts";

/** What one token's query makes of another token's key, near and far, as evidence. */
export type ScoresByDistance = {
  /** The most that a head's score changes with the distance, relative to the largest score. */
  readonly spread: number;
  /** In the first layer, by head and distance, from 1 on: [head][distance - 1]. */
  readonly byDistance: readonly (readonly number[])[];
};

/**
 * Asks about the distance alone: a text of one token repeated, and another one at its end, which
 * asks. Where positions are not in the stream, all the keys are made from the same vector, in every
 * layer: one matrix would score them alike.
 *
 * @param asks The token at the end.
 * @param repeated The token before it.
 * @param length Of the text, at least 2.
 * @throws {RangeError} If positions are added to the stream, or there is no attention.
 */
export async function scoresByDistance(
  model: Model,
  asks: number,
  repeated: number,
  length: number,
): Promise<ScoresByDistance> {
  const { n_layers, positions } = model.config;
  const inStream = ["learned", "sinusoidal"].includes(positions)
    ? "they are added to it"
    : undefined;
  const unfit = needs.attention(model.config) ?? inStream;
  if (unfit) {
    const required = "attention and a stream without positions are required";
    throw new RangeError(`Cannot ask about distance: ${required}, ${unfit}`);
  }
  const text = [...Array(length - 1).fill(repeated), asks];
  const hooks = Array.from({ length: n_layers }, (_, l) => `blocks.${l}.attn.hook_attn_scores`);
  const kept = await run(model, [text], { hooks });
  const heads = hooks.flatMap((hook) =>
    Array.from(
      { length: model.config.n_heads },
      (_, head) => [...kept.get(hook).get(0, head, length - 1).data.slice(0, length - 1)].reverse(),
    )
  );
  const largest = Math.max(...heads.flat().map(Math.abs));
  const spread = Math.max(...heads.map((row) => Math.max(...row) - Math.min(...row)));
  return { spread: spread / largest, byDistance: heads.slice(0, model.config.n_heads) };
}
