/** What is stored for attention, and whether the window is in it. */
import type { Model } from "../../mod.ts";
import * as transformer from "../../lib/model/mod.ts";

/**
 * Which parameters of attention, and which others, are new or of another shape in a longer window.
 */
export function longerWindow({ config, rewrites }: Model) {
  const shapes = (n_ctx: number) => {
    const g = transformer.buildGraph({ config: { ...config, n_ctx }, rewrites });
    return Object.fromEntries(g.names.map((name) => [name, `${g.get(name).shape}`]));
  };
  const [before, after] = [shapes(config.n_ctx), shapes(config.n_ctx + 3)];
  const changed = Object.keys(after).filter((name) => before[name] !== after[name]);
  const attention = Object.keys(after).filter((name) => /\.attn\.[Wb]_/.test(name));
  return {
    stored: attention.length,
    attention: changed.filter((name) => attention.includes(name)),
    elsewhere: changed.filter((name) => !attention.includes(name)),
  };
}
