import { inEachBlock, type Model, needs } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { max, range } from "../../tensor/mod.ts";

/** What one token's query makes of another token's key, near and far, as evidence. */
export type ScoresByDistance = {
  /** The most that a head's score changes with the distance, relative to the largest score. */
  readonly range: number;
  /** In the first layer, by head and distance, from 1 on: [head][distance - 1]. */
  readonly byDistance: readonly (readonly number[])[];
};

/**
 * Asks about the distance alone: a text of one token repeated, and another one at its end, which
 * asks. Where positions are not in the stream, all the keys are made from the same vector, in every
 * layer: one matrix would score them alike.
 *
 * @param query The token at the end.
 * @param repeated The token before it.
 * @param length Of the text, at least 2.
 * @throws {RangeError} If positions are added to the stream, or there is no attention.
 */
export async function scoresByDistance(
  model: Model,
  query: number,
  repeated: number,
  length: number,
): Promise<ScoresByDistance> {
  const { config } = model;
  const inStream = ["learned", "sinusoidal"].includes(config.positions);
  const unfit = needs.attention(config) ?? (inStream ? "they are added to it" : undefined);
  if (unfit) {
    const required = "attention and a stream without positions are required";
    throw new RangeError(`Cannot ask about distance: ${required}, ${unfit}`);
  }
  const [text, last] = [[...Array(length - 1).fill(repeated), query], length - 1];
  const hooks = inEachBlock(config, "attn.hook_attn_scores");
  const kept = await run(model, [text], { hooks });
  const heads = hooks.flatMap((hook) => kept.get(hook).get(0).unstack())
    .map((scores) => [...scores.get(last).data.slice(0, last)].reverse());
  const largest = max(heads.flat().map(Math.abs));
  return { range: max(heads.map(range)) / largest, byDistance: heads.slice(0, config.n_heads) };
}
