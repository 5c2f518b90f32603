import type { Value } from "../../onnx/graph.ts";
import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";
import { rewriteAt, type Scene } from "../graph/scene.ts";
import { leak } from "./leak.ts";

/** An MLP that takes a little of what the position to its left wrote. */
export function leakyMlp(strength: number): Sabotage {
  return leak("hook_mlp_out", "an MLP", strength);
}

/** An MLP that knows where it stands: its hidden units get a bias that grows along the text. */
export function positionedMlp(strength: number): Sabotage {
  return sabotage({
    name: "an MLP with a bias for each position",
    description: `Every hidden unit gets ${strength} times the position added.`,
    unfit: needs.mlp,
    rewrite: () =>
      rewriteAt("mlp.hook_pre", (pre, { g, queries }) => {
        const place = g.unsqueeze(g.cast(queries, "float32"), 1); // [pos, 1]
        return g.add(pre, g.mul(place, strength)); // [batch, pos, d_mlp]
      }),
  });
}

/**
 * An MLP applied along the positions instead of along the stream, as in MLP-Mixer (Tolstikhin et
 * al., 2021, arXiv:2105.01601): every coordinate of the stream gets its own text-wide hidden layer.
 */
export const mixerMlp: Sabotage = sabotage({
  name: "an MLP across positions",
  description: "Each MLP reads along the positions, one coordinate of the stream at a time.",
  unfit: needs.mlp,
  rewrite: () =>
    rewriteAt("hook_mlp_out", (out, scene, name) => {
      const { g } = scene;
      const stream = g.find(name.replace("hook_mlp_out", "hook_resid_mid"))!;
      const mix = waves(scene); // [pos, pos]
      const hidden = g.unary("Relu", g.matmul(mix, stream)); // [batch, pos, d_model]
      const mixed = g.matmul(g.transpose(mix, 1, 0), hidden); // [batch, pos, d_model]
      return g.add(mixed, g.mul(out, 0)); // the model's own MLP has no say
    }),
});

/** A fixed matrix without zeros, for texts of any length: cos((i + 1)(j + 1)), [pos, pos]. */
function waves({ g, queries }: Scene): Value {
  const place = g.add(g.cast(queries, "float32"), 1); // [pos]
  return g.unary("Cos", g.mul(g.unsqueeze(place, 1), place));
}

/**
 * Two experts, the MLP and its negative, that each serve only the first few tokens sent to them, as in Switch Transformers
 * (Fedus et al., 2021, arXiv:2101.03961, section 2.2): a token may lose its place to earlier ones.
 *
 * @param capacity How many tokens each expert serves.
 */
export function limitedExperts(capacity: number): Sabotage {
  return sabotage({
    name: "experts with limited capacity",
    description: `The stream's first coordinate picks one of two experts, the MLP or its ` +
      `negative, which serve ${capacity} tokens each; later ones get nothing.`,
    unfit: needs.mlp,
    rewrite: () =>
      rewriteAt("hook_mlp_out", (out, scene, name) => {
        const { g, queries, keys } = scene;
        const stream = g.find(name.replace("hook_mlp_out", "hook_resid_mid"))!;
        const first = g.slice(stream, -1, 0, 1); // [batch, pos, 1]
        const chosen = g.cast(g.lessOrEqual(first, g.constant(0)), "float32"); // [batch, pos, 1]
        const soFar = g.cast(g.lessOrEqual(keys, g.unsqueeze(queries, 1)), "float32"); // [pos, kv]
        const place = (sent: Value) => g.mul(g.matmul(soFar, sent), sent); // [batch, pos, 1]
        const queue = g.add(place(chosen), place(g.sub(1, chosen))); // [batch, pos, 1]
        const expert = g.mul(out, g.sub(g.mul(chosen, 2), 1)); // [batch, pos, d_model]
        return g.where(g.lessOrEqual(queue, g.constant(capacity)), expert, 0);
      }),
  });
}
