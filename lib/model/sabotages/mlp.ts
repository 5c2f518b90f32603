import type { Value } from "../../onnx/graph.ts";
import type { BuildContext } from "../graph/context.ts";
import { type Rewrite, rewriteAt } from "../graph/rewrite.ts";
import { allOf, like, needs } from "../needs.ts";
import { changeWeights } from "../params.ts";
import { tokenShift } from "./token_shift.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** An MLP that takes a little of what the position to its left wrote. */
export function leakyMlp(strength: number): Sabotage {
  return tokenShift("hook_mlp_out", "an MLP", strength);
}

/** An MLP that knows where it stands: its hidden units get a bias that grows along the text. */
export function positionedMlp(strength: number): Sabotage {
  return sabotage({
    name: "an MLP with a bias for each position",
    description: `Every hidden unit gets ${strength} times the position added.`,
    unfit: needs.mlp,
    rewrite: rewriteAt("mlp.hook_pre", (pre, { g, queryPos }) => {
      const place = g.unsqueeze(g.cast(queryPos, "float32"), 1); // [pos, 1]
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
  rewrite: rewriteAt("hook_mlp_out", (out, context, name) => {
    const { g } = context;
    const stream = g.get(name.replace("hook_mlp_out", "hook_resid_mid"));
    const mix = waves(context); // [pos, pos]
    const hidden = g.unary("Relu", g.matmul(mix, stream)); // [batch, pos, d_model]
    const mixed = g.matmul(g.transpose(mix, 1, 0), hidden); // [batch, pos, d_model]
    return g.add(mixed, g.mul(out, 0)); // the model's own MLP has no say
  }),
});

/** A fixed matrix without zeros, for texts of any length: cos((i + 1)(j + 1)), [pos, pos]. */
function waves({ g, queryPos }: BuildContext): Value {
  const place = g.add(g.cast(queryPos, "float32"), 1); // [pos]
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
    rewrite: rewriteAt("hook_mlp_out", (out, context, name) => {
      const { g, queryPos, keyPos } = context;
      const stream = g.get(name.replace("hook_mlp_out", "hook_resid_mid"));
      const first = g.slice(stream, -1, 0, 1); // [batch, pos, 1]
      const chosen = g.cast(g.lessOrEqual(first, g.constant(0)), "float32"); // [batch, pos, 1]
      const soFar = g.cast(g.lessOrEqual(keyPos, g.unsqueeze(queryPos, 1)), "float32"); // [pos, kv]
      const place = (sent: Value) => g.mul(g.matmul(soFar, sent), sent); // [batch, pos, 1]
      const queue = g.add(place(chosen), place(g.sub(1, chosen))); // [batch, pos, 1]
      const expert = g.mul(out, g.sub(g.mul(chosen, 2), 1)); // [batch, pos, d_model]
      return g.where(g.lessOrEqual(queue, g.constant(capacity)), expert, 0);
    }),
  });
}

/**
 * A transformer whose MLPs are there but write zeros.
 *
 * @param left The layer whose MLP is left in; none unless told.
 */
export function zeroedMlps(left?: number): Sabotage {
  const but = left === undefined ? "" : ` but that of layer ${left}`;
  return sabotage({
    name: `MLPs that write zeros${but}`,
    description: `The output of every MLP${but} is replaced by zero.`,
    unfit: (config) => needs.mlp(config),
    rewrite: rewriteAt(
      "hook_mlp_out",
      (out, { g }, name) =>
        name === `blocks.${left}.hook_mlp_out` ? out : g.expandLike(g.constant(0), out),
    ),
  });
}

/** The same embedding, attention and unembedding as a transformer that never had MLPs. */
export const withoutMlps: Sabotage = sabotage({
  name: "its MLPs taken out",
  description: "Every MLP and the norm before it are taken out of the model, weights and all.",
  unfit: needs.mlp,
  change: ({ config, weights }) => ({
    config: { ...config, attn_only: true },
    weights: changeWeights(weights, /^blocks\.\d+\.(mlp|ln2)\./, () => undefined),
  }),
});

/** A nonlinear layer behind the first block that no parameter and no hook tells of. */
export const hiddenMlp: Sabotage = sabotage({
  name: "an MLP hidden in the graph",
  description: "A fixed hidden layer with ReLU is added to the stream behind the first block.",
  unfit: needs.attention,
  rewrite: rewriteAt(
    "blocks.0.hook_resid_post",
    (stream, { g }) => g.add(stream, g.unary("Relu", stream)),
  ),
});

/** The same by a product of the stream with itself, which has no operation of its own. */
export const hiddenBilinearMlp: Sabotage = sabotage({
  name: "a bilinear MLP hidden in the graph",
  description:
    "The stream behind the first block gets its own squares added, as a gated MLP would.",
  unfit: needs.attention,
  rewrite: rewriteAt(
    "blocks.0.hook_resid_post",
    (stream, { g }) => g.add(stream, g.mul(stream, stream)),
  ),
});

/** A tenfold constant inside of GPT-2's GELU, as a slip of the comma makes it. */
export const steepGelu: Sabotage = sabotage({
  name: "a GELU with ten times its inner constant",
  description: "GELU's tanh form has 0.44715 where 0.044715 should stand.",
  unfit: allOf(needs.mlp, like({ act_fn: ["gelu_new"] })),
  rewrite: activated((x, g) => {
    const cube = g.mul(g.mul(x, x), g.mul(x, 0.44715));
    const inner = g.mul(g.add(x, cube), Math.sqrt(2 / Math.PI));
    return g.mul(g.mul(x, 0.5), g.add(g.unary("Tanh", inner), 1));
  }),
});

/** The exact GELU where GPT-2's tanh form should be. */
export const exactGelu: Sabotage = sabotage({
  name: "the exact GELU for GPT-2's",
  description: "GELU is taken with the error function, where the model has the tanh form.",
  unfit: allOf(needs.mlp, like({ act_fn: ["gelu_new"] })),
  rewrite: activated((x, g) =>
    g.mul(g.mul(x, 0.5), g.add(g.unary("Erf", g.mul(x, Math.SQRT1_2)), 1))
  ),
});

/** Another nonlinearity than the model was made with. */
export const reluMlp: Sabotage = sabotage({
  name: "a ReLU for the MLP's nonlinearity",
  description: "Hidden units go through a ReLU, and not through what the config says.",
  unfit: allOf(needs.mlp, like({ act_fn: ["gelu_new", "gelu", "silu"] })),
  rewrite: activated((x, g) => g.unary("Relu", x)),
});

/** Two matrices with nothing between them. */
export const linearMlp: Sabotage = sabotage({
  name: "an MLP without a nonlinearity",
  description: "Hidden units pass as they are.",
  unfit: needs.mlp,
  rewrite: activated((x) => x),
});

/** A gate that is computed and not used. */
export const gateMissing: Sabotage = sabotage({
  name: "a gated MLP without its gate",
  description: "What the nonlinearity makes of the gate does not multiply the hidden units.",
  unfit: allOf(needs.mlp, like({ gated_mlp: [true] })),
  rewrite: rewriteAt("mlp.hook_post", (_, { g }, name) => linearOf(g, name)),
});

/** The two first matrices of a gated MLP in each other's place. */
export const gateExchanged: Sabotage = sabotage({
  name: "gate and hidden units exchanged",
  description: "The nonlinearity is applied to the hidden units, and not to their gate.",
  unfit: allOf(needs.mlp, like({ gated_mlp: [true], act_fn: ["silu"] })),
  rewrite: rewriteAt("mlp.hook_post", (_, { g }, name) => {
    const linear = linearOf(g, name);
    return g.mul(preOf(g, name), g.mul(linear, g.unary("Sigmoid", linear)));
  }),
});

/** Hidden units without their bias. */
export const mlpWithoutBias: Sabotage = sabotage({
  name: "an MLP without its first bias",
  description: "The bias b_in is not added to the hidden units.",
  unfit: allOf(needs.mlp, like({ biases: [true], gated_mlp: [false] })),
  rewrite: rewriteAt("mlp.hook_pre", (pre, { g, param }, name) => {
    return g.sub(pre, param(name.replace("hook_pre", "b_in"))); // [batch, pos, d_mlp]
  }),
});

/** Hidden units that go through another function; the gate, where there is one, still multiplies. */
function activated(change: (pre: Value, g: BuildContext["g"]) => Value): Rewrite {
  return rewriteAt("mlp.hook_post", (_, { g, config }, name) => {
    const active = change(preOf(g, name), g); // [batch, pos, d_mlp]
    return config.gated_mlp ? g.mul(active, linearOf(g, name)) : active;
  });
}

function preOf(g: BuildContext["g"], name: string): Value {
  return g.get(name.replace("hook_post", "hook_pre")); // [batch, pos, d_mlp]
}

function linearOf(g: BuildContext["g"], name: string): Value {
  return g.get(name.replace("hook_post", "hook_pre_linear")); // [batch, pos, d_mlp]
}
