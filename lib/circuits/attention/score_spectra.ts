import { inEachBlock, type Model } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { singularValues } from "../../tensor/mod.ts";

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
  const { d_head, d_model, n_heads, positions } = model.config;
  const most = Math.min(new Set(tokens).size, d_model);
  if (most <= d_head) {
    const required = `more than d_head = ${d_head} different tokens and coordinates are required`;
    throw new RangeError(`Cannot tell a score matrix of low rank: ${required}, got ${most}`);
  }
  const config = { ...model.config, causal: false };
  const bare = positions === "alibi" ? { ...config, positions: "none" as const } : config;
  const hooks = inEachBlock(config, "attn.hook_attn_scores");
  const kept = await run({ ...model, config: bare }, [tokens], { hooks });
  return hooks.flatMap((hook) =>
    Array.from({ length: n_heads }, (_, head) => {
      const values = singularValues(kept.get(hook).get(0, head)); // [query, key]
      return values.map((value) => value / values[0]);
    })
  );
}
