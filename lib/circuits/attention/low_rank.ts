import { inEachBlock, type Model } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { add, singularValues } from "../../tensor/mod.ts";

/**
 * The singular values of every head's scores on a text, before the mask and ALiBi's penalty: as
 * many of them as are not zero is the rank of the score matrix. The mask is taken off for it,
 * which changes what layers after the first one read, and no weight.
 *
 * @param tokens One text, of more different tokens than d_head.
 * @returns For each head, layer by layer, its singular values relative to the largest, largest
 * first.
 * @throws {RangeError} If no rank could be beyond d_head: the text or the stream is no larger.
 */
export async function scoreSpectra(model: Model, tokens: readonly number[]): Promise<number[][]> {
  const { d_head, d_model, positions } = model.config;
  const most = Math.min(new Set(tokens).size, d_model);
  if (most <= d_head) {
    const required = `more than d_head = ${d_head} different tokens and coordinates are required`;
    throw new RangeError(`Cannot tell a score matrix of low rank: ${required}, got ${most}`);
  }
  const config = { ...model.config, causal: false };
  const bare = positions === "alibi" ? { ...config, positions: "none" as const } : config;
  const hooks = inEachBlock(config, "attn.hook_attn_scores");
  const kept = await run({ ...model, config: bare }, [tokens], { hooks });
  const heads = hooks.flatMap((hook) => kept.get(hook).get(0).unstack()); // [query, key]
  return heads.map(singularValues).map((values) => values.map((value) => value / values[0]));
}

/** What heads write on a text, as singular values. */
export type OutputSpectra = {
  /** Of each head alone, layer by layer. */
  readonly heads: readonly (readonly number[])[];
  /** Of all the heads of a layer together. */
  readonly layers: readonly (readonly number[])[];
};

/**
 * The singular values of what heads write into the stream at the positions of a text, biases of the
 * values included: as many of them as are not zero is the number of directions that they write in.
 *
 * @param tokens One text, longer than d_head.
 * @returns Singular values relative to the largest, largest first.
 * @throws {RangeError} If no rank could be beyond d_head: the text or the stream is no larger.
 */
export async function outputSpectra(
  model: Model,
  tokens: readonly number[],
): Promise<OutputSpectra> {
  const { d_head, d_model } = model.config;
  const most = Math.min(tokens.length, d_model);
  if (most <= d_head) {
    const required = `more than d_head = ${d_head} tokens and coordinates are required`;
    throw new RangeError(`Cannot tell what a head writes of low rank: ${required}, got ${most}`);
  }
  const hooks = inEachBlock(model.config, "attn.hook_result");
  const kept = await run(model, [tokens], { hooks });
  const layers = hooks.map((hook) => kept.get(hook).get(0).transpose(1, 0, 2).unstack());
  const relative = (values: readonly number[]) => values.map((value) => value / values[0]);
  return {
    heads: layers.flat().map(singularValues).map(relative),
    layers: layers.map(add).map(singularValues).map(relative),
  };
}
