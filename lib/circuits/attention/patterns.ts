import { inEachBlock, type Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { columnMeans, sizeOf, Tensor } from "../../tensor/mod.ts";

/** What every head looks at: for each layer a tensor [batch, head, query, key]. */
export async function patternsOf(model: Model, tokens: Tokens): Promise<Tensor[]> {
  const hooks = inEachBlock(model.config, "attn.hook_pattern");
  const kept = await run(model, tokens, { hooks });
  return hooks.map((hook) => kept.get(hook));
}

/**
 * What a head looks at on average over texts: of [batch, head, query, key], [1, head, query, key].
 *
 * @throws {RangeError} If there is no text.
 */
export function meanPattern(pattern: Tensor): Tensor {
  const [batch, ...rest] = pattern.shape;
  if (batch === 0) throw new RangeError("Cannot average patterns: a text is required, got none");
  const means = columnMeans(pattern.reshape(batch, sizeOf(rest)));
  return new Tensor(Float32Array.from(means), [1, ...rest]);
}

/**
 * The pattern of a head that has no preference: every place up to its own gets the same
 * weight, [1, 1, length, length].
 */
export function uniformPattern(length: number): Tensor {
  return Tensor.full([1, 1, length, length]).map((_, i) => {
    const [query, key] = [Math.floor(i / length), i % length];
    return key > query ? 0 : 1 / (query + 1);
  });
}
