import type { Head, Model } from "../../model/mod.ts";
import { type Intervention, run, type Tokens } from "../../runtime/mod.ts";
import type { CompositionKind } from "./composition.ts";

/**
 * Ways to take from a later layer what one head has told it by one of its inputs: all its queries,
 * keys or values become what they would be without that head, the mean of what it read over the run
 * in its place. Whatever else has read the head keeps it. Path patching, as in "Interpretability in
 * the Wild" (Wang et al., 2022, arXiv:2211.00593), of all paths that end in that input.
 *
 * @param tokens What will be run with one of these interventions.
 * @param from The head.
 * @param to The later layer.
 * @throws {RangeError} If the layer is not a later one.
 */
export async function cutPaths(
  model: Model,
  tokens: Tokens,
  { from: { layer, head }, to }: { readonly from: Head; readonly to: number },
): Promise<Record<CompositionKind, Intervention>> {
  if (to <= layer) {
    throw new RangeError(
      `Cannot cut paths from layer ${layer}: a later layer is required, got ${to}`,
    );
  }
  const [Q, K, V] = ["q", "k", "v"].map((input) => `blocks.${to}.attn.hook_${input}`);
  const without = await run(model, tokens, {
    hooks: [Q, K, V],
    interventions: [{ hook: `blocks.${layer}.attn.hook_z`, heads: [head], to: "mean" }],
    intervene: [Q, K, V], // those who run what is cut can share this session
  });
  const cut = (hook: string): Intervention => ({ hook, to: without.get(hook) });
  return { Q: cut(Q), K: cut(K), V: cut(V) };
}
