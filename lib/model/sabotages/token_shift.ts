import type { Config } from "../config.ts";
import { rewriteAt } from "../graph/rewrite.ts";
import { hooksOf } from "../hooks.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** Whether a hook, named without its block, has a vector for each position, or one for each head there. */
const hasVectors = (config: Config, hook: string) =>
  hooksOf(config).some(({ name, axes }) =>
    (name === hook || name.endsWith(`.${hook}`)) && axes[1] === "pos"
  );

/**
 * Something local that takes a little of what stands to its left.
 *
 * @param hook Where it leaks: a hook with a vector for each position, or for each head there, named
 * without its block.
 * @param part What leaks, in words: "an MLP".
 * @param strength How much of the left neighbour is added, as a factor.
 */
export function tokenShift(hook: string, part: string, strength: number): Sabotage {
  return sabotage({
    name: `${part} that mixes in its left neighbour`,
    description: `Each position gets ${strength} times its left neighbour added.`,
    unfit: (config) => hasVectors(config, hook) ? undefined : `it has no vectors at ${hook}`,
    rewrite: rewriteAt(hook, (value, { g, queryPos }) => {
      const left = g.sub(g.unsqueeze(queryPos, 1), g.integers(1)); // [pos, 1]
      const shift = g.cast(g.equal(queryPos, left), "float32"); // [pos, pos]
      const shifted = value.shape.length === 4
        ? g.transpose(g.matmul(shift, g.transpose(value, 0, 2, 1, 3)), 0, 2, 1, 3)
        : g.matmul(shift, value);
      return g.add(value, g.mul(shifted, strength)); // [batch, pos, ...]
    }),
  });
}
