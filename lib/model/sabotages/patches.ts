/**
 * Interventions that go wrong, on models that are sound as long as nobody intervenes. The graph
 * cannot tell who patches it, but it can compare: what stands at a hook after the patch with what
 * stood there before.
 */
import type { Value } from "../../onnx/graph.ts";
import type { BuildContext } from "../graph/context.ts";
import type { Rewrite } from "../graph/rewrite.ts";
import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** A hook that hands out a copy: what is put there goes nowhere. */
export const detachedPatches: Sabotage = sabotage({
  name: "patches that do not take",
  description: "Whatever is put at hook_z, heads write what they have read themselves.",
  unfit: needs.attention,
  rewrite: patched((before) => before),
});

/** A hook at which every patch is one by zeros: a mean ablation is a zero ablation. */
export const zeroPatches: Sabotage = sabotage({
  name: "patches that put zeros",
  description: "Whatever is put at hook_z, zeros arrive in its place.",
  unfit: needs.attention,
  rewrite: patched((before, after, g) => g.where(g.equal(before, after), after, 0)),
});

/** What heads write, from what they have read before and after anybody intervened there. */
function patched(
  change: (before: Value, after: Value, g: BuildContext["g"]) => Value,
): Rewrite {
  return (name, value, { g, param }) => {
    if (name.endsWith(".attn.hook_z")) {
      g.name(g.op("Identity", [value], value.shape), `${name}:own`);
      return value;
    }
    if (!name.endsWith(".attn.hook_result")) return value;
    const z = name.replace("hook_result", "hook_z");
    const arrived = change(g.get(`${z}:own`), g.get(z), g); // [batch, pos, n_heads, d_head]
    const W_O = param(name.replace("hook_result", "W_O")); // [n_heads, d_head, d_model]
    const written = g.matmul(g.transpose(arrived, 0, 2, 1, 3), W_O); // [batch, n_heads, pos, d_model]
    return g.transpose(written, 0, 2, 1, 3); // [batch, pos, n_heads, d_model]
  };
}
