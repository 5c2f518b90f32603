import memoize from "memoize";
import { headsOf, type Model } from "../../model/mod.ts";
import { Matrix, matrixOf, tensorOf } from "../../tensor/matrix.ts";
import { stack, svd, Tensor } from "../../tensor/mod.ts";
import { queryKeyMatrix } from "./query_key.ts";

/**
 * The same model with the W_QK of every head cut down to some rank: of what its keys read, only the
 * directions are left that the matrix stretches most, which leaves the nearest matrix of that rank
 * (Eckart and Young, 1936). Biases are a direction like others.
 *
 * @param rank How many directions; all of them leave the model as it was.
 * @param kept The directions that are left: those most stretched, or all but those.
 * @throws {RangeError} If what is cut is not a W_QK, full or of a pair: with rotary positions, or
 * where queries are the keys.
 */
export function cutQK(model: Model, rank: number, kept: "largest" | "others" = "largest"): Model {
  const { query_key, positions, biases } = model.config;
  if (query_key === "same" || positions === "rotary") {
    const given = query_key === "same" ? "queries that are the keys" : "rotary positions";
    throw new RangeError(`Cannot cut W_QK: a pair or one matrix is required, got ${given}`);
  }
  const weights = { ...model.weights };
  const directions = directionsOf(model);
  const cut = headsOf(model.config).map(({ layer, head }, i) => {
    const onto = projection(directions[i], rank, kept);
    return { layer, keys: onto.mmul(keysOf(model, layer, head)) };
  });
  for (let layer = 0; layer < model.config.n_layers; layer++) {
    const heads = cut.filter((each) => each.layer === layer).map(({ keys }) => keys);
    const d_model = model.config.d_model;
    const W = stack(
      heads.map((keys) => tensorOf(keys.subMatrix(0, d_model - 1, 0, keys.columns - 1))),
    );
    const attn = `blocks.${layer}.attn`;
    if (query_key === "full") weights[`${attn}.W_QK`] = W.transpose(0, 2, 1);
    else weights[`${attn}.W_K`] = W;
    if (query_key === "full" || !biases) continue;
    weights[`${attn}.b_K`] = Tensor.from(heads.map((keys) => keys.getRow(d_model)));
  }
  return { ...model, name: `${model.name}, W_QK cut to rank ${rank}`, weights };
}

/** Of every head's W_QK, the directions of (y, 1), most stretched first: [d_model + 1, d_model + 1]. */
const directionsOf = memoize(
  (model: Model) =>
    headsOf(model.config)
      .map(({ layer, head }) => matrixOf(svd(queryKeyMatrix(model, layer, head)).V)),
  { cache: new WeakMap() },
);

/** Onto the first of some directions, the columns of V, or onto the others. */
function projection(V: Matrix, rank: number, kept: "largest" | "others"): Matrix {
  const chosen = Array.from({ length: V.columns }, (_, i) => i < rank === (kept === "largest"));
  return V.mmul(Matrix.diag(chosen.map(Number))).mmul(V.transpose());
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
