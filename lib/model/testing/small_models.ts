import memoize from "memoize";
import { type Config, makeConfig, makeModel, type Model, randomWeights, SCHEMES } from "../mod.ts";

const SIZES = { n_layers: 1, d_model: 10, n_heads: 3, d_head: 4, d_mlp: 7, d_vocab: 11, n_ctx: 8 };

/**
 * A random model for tests, alive in every part; no two of its axes have one length. One block
 * unless told, since a session takes its time for every node. Asked for twice it is one, so that its
 * session is one too.
 */
export const smallModel: (changes?: Partial<Config>, seed?: number) => Model = memoize(
  (changes: Partial<Config> = {}, seed: number = 1) => {
    const config = makeConfig({ ...SIZES, ...changes });
    return makeModel(`${config.positions} ${seed}`, config, randomWeights(config, seed));
  },
  {
    // By what it comes to: a change to what is so anyway makes no other model.
    cacheKey: ([changes = {}, seed = 1]) => {
      return JSON.stringify([
        Object.entries(makeConfig({ ...SIZES, ...changes })).toSorted(),
        seed,
      ]);
    },
  },
);

/** What makes a small model a Llama: six heads share two keys; no axis has another's length. */
export const LLAMA = {
  n_heads: 6,
  n_key_value_heads: 2,
  act_fn: "silu",
  gated_mlp: true,
  normalization: "RMS",
  positions: "rotary",
  rotary_adjacent_pairs: true,
  biases: false,
} as const satisfies Partial<Config>;

/** One small model of each positional scheme. */
export function oneOfEach(changes: Partial<Config> = {}): Model[] {
  return SCHEMES.map((positions) => smallModel({ positions, ...changes }));
}
