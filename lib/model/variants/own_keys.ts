import { takeRows } from "../../tensor/mod.ts";
import { keyHeadOf } from "../heads.ts";
import { makeModel, type Model } from "../model.ts";
import { changeWeights } from "../params.ts";

/**
 * The same function with keys and values of its own for every head: those that heads shared are
 * copied out. A model whose heads share none is given back as it is.
 */
export function ownKeys(model: Model): Model {
  const { config, name, rewrites } = model;
  const { n_heads, n_key_value_heads } = config;
  if (n_key_value_heads === n_heads) return model;
  const rows = Array.from({ length: n_heads }, (_, head) => keyHeadOf(config, head));
  const weights = changeWeights(model.weights, /\.attn\.[Wb]_[KV]$/, (x) => takeRows(x, rows));
  const wider = { ...config, n_key_value_heads: n_heads };
  return { ...makeModel(`${name}, keys copied out`, wider, weights), rewrites };
}
