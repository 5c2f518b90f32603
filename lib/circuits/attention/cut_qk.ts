import memoize from "memoize";
import { headsOf, type Model, ownKeys } from "../../model/mod.ts";
import { Matrix, matrixOf, tensorOf } from "../../tensor/matrix.ts";
import { type Decomposed, stack, svd, Tensor } from "../../tensor/mod.ts";
import { queryKeyMatrix } from "./query_key.ts";

/**
 * How far every head's W_QK stretches the directions of what keys are made of, (y, 1), as its singular
 * value decomposition, head by head. Asked for twice it is one.
 */
export const queryKeySpectra: (model: Model) => readonly Decomposed[] = memoize(
  (model: Model) =>
    headsOf(model.config).map(({ layer, head }) => svd(queryKeyMatrix(model, layer, head))),
  { cache: new WeakMap() },
);

/**
 * The same model with the W_QK of every head cut down to some rank: of what its keys read, only the
 * directions are left that the matrix stretches most, which leaves the nearest matrix of that rank
 * (Eckart and Young, 1936). Biases are a direction like others. Keys that heads shared become the
 * own of each.
 *
 * @param rank How many directions; all of them leave the model as it was.
 * @param kept The directions that are left: those most stretched, or all but those.
 * @throws {RangeError} If what is cut is not a W_QK, full or of a pair: with rotary positions, or
 * where queries are the keys.
 */
export function cutQK(given: Model, rank: number, kept: "largest" | "others" = "largest"): Model {
  const model = withOwnKeys(given);
  const { query_key, positions } = model.config;
  if (query_key === "same" || positions === "rotary") {
    const found = query_key === "same" ? "queries that are the keys" : "rotary positions";
    throw new RangeError(`Cannot cut W_QK: a pair or one matrix is required, got ${found}`);
  }
  const spectra = queryKeySpectra(model);
  const cut = headsOf(model.config).map(({ layer, head }, i) => {
    const keys = keysOf(model, layer, head);
    const largest = projected(keys, matrixOf(spectra[i].V), rank);
    return { layer, keys: kept === "largest" ? largest : keys.sub(largest) };
  });
  const layers = Array.from({ length: model.config.n_layers }, (_, layer) => {
    return withKeys(model, layer, cut.filter((each) => each.layer === layer));
  });
  const weights = Object.assign({}, model.weights, ...layers);
  return { ...model, name: `${model.name}, W_QK cut to rank ${rank}`, weights };
}

/** Asked for twice it is one, as its spectra are. */
const withOwnKeys: typeof ownKeys = memoize(ownKeys, { cache: new WeakMap() });

/** The parameters of a layer that make these keys. */
function withKeys(
  { config: { query_key, d_model, biases } }: Model,
  layer: number,
  heads: readonly { readonly keys: Matrix }[],
): Model["weights"] {
  const attn = `blocks.${layer}.attn`;
  const matrices = heads.map(({ keys }) =>
    tensorOf(keys.subMatrix(0, d_model - 1, 0, keys.columns - 1))
  );
  if (query_key === "full") return { [`${attn}.W_QK`]: stack(matrices).transpose(0, 2, 1) };
  const W_K = { [`${attn}.W_K`]: stack(matrices) };
  if (!biases) return W_K;
  return { ...W_K, [`${attn}.b_K`]: Tensor.from(heads.map(({ keys }) => keys.getRow(d_model))) };
}

/** The part of keys, [d_model + 1, d_head], that lies in the first of some directions. */
function projected(keys: Matrix, directions: Matrix, rank: number): Matrix {
  if (rank === 0) return Matrix.zeros(keys.rows, keys.columns);
  const first = directions.subMatrix(0, keys.rows - 1, 0, rank - 1);
  return first.mmul(first.transpose().mmul(keys));
}

/** What makes a head's keys, the bias as one more row; of a full W_QK its other side. */
function keysOf({ config, weights }: Model, layer: number, head: number): Matrix {
  const attn = `blocks.${layer}.attn`;
  const full = config.query_key === "full";
  const W = full
    ? matrixOf(weights[`${attn}.W_QK`].get(head)).transpose()
    : matrixOf(weights[`${attn}.W_K`].get(head)); // [d_model, d_head]
  const b = full || !config.biases
    ? Array(W.columns).fill(0)
    : [...weights[`${attn}.b_K`].get(head).data];
  return W.addRow(b);
}
