import type { Value } from "../../onnx/graph.ts";
import type { BuildContext } from "./context.ts";

/**
 * A change to the graph itself: it sees every hook and every named point (`attn.mask`) as it is
 * built and returns what takes its place. Sabotages are made of these.
 */
export type Rewrite = (name: string, value: Value, context: BuildContext) => Value;

/**
 * A rewrite of some hooks.
 *
 * @param hooks By their names, or without their block to have them in every layer: `hook_mlp_out`.
 */
export function rewriteAt(
  hooks: string | readonly string[],
  change: (value: Value, context: BuildContext, name: string) => Value,
): Rewrite {
  const chosen = [hooks].flat();
  return (name, value, context) =>
    chosen.some((hook) => name === hook || name.endsWith(`.${hook}`))
      ? change(value, context, name)
      : value;
}

/** Queries and keys as they were before rotary positions turned them. */
export const withoutRotation: Rewrite = rewriteAt(
  ["attn.hook_rot_q", "attn.hook_rot_k"],
  (_, { g }, name) => g.get(name.replace("hook_rot_", "hook_")),
);
