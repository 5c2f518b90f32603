/** Ways to turn queries and keys wrongly; where positions are rotary the graph has hooks for it. */
import type { Value } from "../../onnx/graph.ts";
import type { Config } from "../config.ts";
import type { BuildContext } from "../graph/context.ts";
import { rotate } from "../graph/positions.ts";
import { rewriteAt } from "../graph/rewrite.ts";
import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** Why no rotation can be broken. */
export function notRotary(config: Config): string | undefined {
  return needs.attention(config) ??
    (config.positions === "rotary" ? undefined : "its positions are not rotary");
}

/** Halves turned together where neighbours should be, or the other way round. */
export const wrongPairs: Sabotage = sabotage({
  name: "rotation of the wrong pairs",
  description: "Coordinates turn with their neighbours where halves turn together, or the reverse.",
  unfit: (config) =>
    notRotary(config) ?? (config.d_head > 2 ? undefined : "it has one pair a head"),
  rewrite: turned("qk", ({ rotary_adjacent_pairs }) => ({
    rotary_adjacent_pairs: !rotary_adjacent_pairs,
  })),
});

/** A base that is not the one that the model was made for. */
export const wrongBase: Sabotage = sabotage({
  name: "rotation with another base",
  description: "Wavelengths grow up to ten times as long as the config says.",
  unfit: (config) =>
    notRotary(config) ?? (config.d_head > 2 ? undefined : "its one pair turns at any base alike"),
  rewrite: turned("qk", ({ position_base }) => ({ position_base: 10 * position_base })),
});

/** Rotation for a longer window that is left out, as where a reader of files ignores it. */
export const unscaledRotation: Sabotage = sabotage({
  name: "rotation without its scaling",
  description: "The frequencies are those of the window before it was made longer.",
  unfit: (config) =>
    notRotary(config) ?? (config.position_scaling ? undefined : "its rotation is not scaled"),
  rewrite: turned("qk", () => ({ position_scaling: null })),
});

/** Keys that are turned as if they stood one place further on. */
export const keysTurnedOneFurther: Sabotage = sabotage({
  name: "keys turned one place further",
  description: "Keys are turned by the angle of the position after theirs.",
  unfit: notRotary,
  rewrite: turned("k", () => ({}), ({ g, queryPos }) => g.add(queryPos, g.integers(1))),
});

/** Queries turned backwards: a score depends on the sum of two positions, not on their distance. */
export const queriesTurnedBackwards: Sabotage = sabotage({
  name: "queries turned backwards",
  description: "Queries are turned the other way than keys.",
  unfit: notRotary,
  rewrite: turned("q", () => ({}), ({ g, queryPos }) => g.sub(g.integers(0), queryPos)),
});

/** Values that are turned as keys are. */
export const turnedValues: Sabotage = sabotage({
  name: "values that are turned",
  description: "Values are turned by their position, as queries and keys are.",
  unfit: notRotary,
  rewrite: rewriteAt("attn.hook_v", (v, context) => rotate(context, v)),
});

/** Queries or keys turned anew, with some other config or at other places. */
function turned(
  sides: "q" | "k" | "qk",
  config: (config: Config) => Partial<Config>,
  places: (context: BuildContext) => Value = ({ queryPos }) => queryPos,
) {
  const hooks = [...sides].map((side) => `attn.hook_rot_${side}`);
  return rewriteAt(hooks, (_, context, name) => {
    const x = context.g.get(name.replace("hook_rot_", "hook_")); // [batch, pos, heads, d_head]
    const other = { ...context.config, ...config(context.config) };
    return rotate({ ...context, config: other, queryPos: places(context) }, x);
  });
}
