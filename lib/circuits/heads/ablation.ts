import { headsOf } from "../../model/heads.ts";
import { inEachBlock } from "../../model/hooks.ts";
import type { Model } from "../../model/model.ts";
import { run } from "../../runtime/run.ts";
import type { Tokens } from "../../runtime/tokens.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { divergence, type Prediction, prediction } from "../losses/divergence.ts";
import { columnMeans, mean } from "../../tensor/statistics.ts";

/**
 * What takes the place of what a head read (its z): zeros; its mean over all rows and positions; or
 * what it read at the same position of the next row, another text.
 */
export type Ablation = "zero" | "mean" | "resample";

/** What became of a model without one of its heads; means over all predictions, as evidence. */
export type HeadEffect = {
  readonly layer: number;
  readonly head: number;
  /** KL(clean || ablated): how much the predictions changed, in nats. */
  readonly kl: number;
  /** How far the next token's logit fell, measured from the mean over the vocabulary. */
  readonly logit: number;
  /** The same, text by text. */
  readonly logitByText: readonly number[];
};

/**
 * Takes the heads out one at a time, in every way that is asked for.
 *
 * A mean ablation leaves what a head always says and takes away only what depends on the text (Wang
 * et al., 2022, arXiv:2211.00593); zeros take away both; a resample puts in what the head could
 * have said. All heads are ablated in one batch.
 *
 * @param rows Texts of one length; at least two for "resample".
 * @param ways How to ablate.
 * @returns For each way, an effect for each head, layer by layer.
 * @throws {RangeError} If there is only one row to resample from.
 */
export async function ablateHeads<How extends Ablation>(
  model: Model,
  rows: Tokens,
  ways: readonly How[],
): Promise<Record<How, HeadEffect[]>> {
  const hooks = inEachBlock(model.config, "attn.hook_z"); // read, and not yet written
  const heads = headsOf(model.config);
  // An intervention in no row: the clean run can share its session with the others.
  const nothing = hooks.map((hook) => ({ hook, to: "zero" as const, rows: [] }));
  const clean = await run(model, rows, { hooks, interventions: nothing });
  const expected = predictions(clean.logits, rows);
  const effects: Partial<Record<How, HeadEffect[]>> = {};
  for (const how of ways) {
    const reads = hooks.map((hook) => replacement(clean.get(hook), how));
    const interventions = heads.map(({ layer, head }, i) => ({
      hook: hooks[layer],
      to: repeated(reads[layer], heads.length),
      rows: rows.map((_, row) => i * rows.length + row),
      heads: [head],
    }));
    const { logits } = await run(model, heads.flatMap(() => rows), { interventions });
    effects[how] = heads.map((which, i) => ({
      ...which,
      ...compare(expected, logits, i * rows.length),
    }));
  }
  return effects as Record<How, HeadEffect[]>;
}

/** What stands in for z: [batch or 1, pos or 1, n_heads, d_head]. */
function replacement(z: Tensor, how: Ablation): Tensor {
  const [batch, pos, n_heads, d_head] = z.shape;
  if (how === "zero") return Tensor.full([1, 1, 1, 1]);
  if (how === "resample") return nextRow(z);
  const means = columnMeans(z.reshape(batch * pos, n_heads * d_head));
  return new Tensor(Float32Array.from(means), [1, 1, n_heads, d_head]);
}

/** Each row in the place of the one before it, and the first in that of the last. */
function nextRow(z: Tensor): Tensor {
  if (z.shape[0] < 2) {
    throw new RangeError(`Cannot resample: at least two rows are required, got ${z.shape[0]}`);
  }
  const data = new Float32Array(z.size);
  const size = z.size / z.shape[0];
  data.set(z.data.subarray(size));
  data.set(z.data.subarray(0, size), z.size - size);
  return new Tensor(data, z.shape);
}

/** Rows once for each head, where there are rows at all. */
function repeated(z: Tensor, times: number): Tensor {
  if (z.shape[0] === 1) return z;
  const data = new Float32Array(z.size * times);
  for (let i = 0; i < times; i++) data.set(z.data, i * z.size);
  return new Tensor(data, [z.shape[0] * times, ...z.shape.slice(1)]);
}

/** A prediction of the model as it is, and the token that came. */
type Clean = Prediction & { readonly next: number };

function predictions(logits: Tensor, rows: Tokens): Clean[] {
  return rows.flatMap((row, r) =>
    row.slice(1).map((next, p) => ({ ...prediction(logits.get(r, p).data), next }))
  );
}

/** What changed between predictions and those of an ablated run: means over all of them. */
function compare(clean: readonly Clean[], ablated: Tensor, firstRow: number) {
  const perRow = ablated.shape[1] - 1;
  const logitByText: number[] = Array(clean.length / perRow).fill(0);
  let kl = 0;
  clean.forEach((prediction, i) => {
    const row = Math.floor(i / perRow);
    const { data } = ablated.get(firstRow + row, i % perRow);
    kl += divergence(prediction, data) / clean.length;
    logitByText[row] += fall(prediction, data) / perRow;
  });
  // Rounding can leave a divergence of next to nothing on the wrong side of zero.
  return { kl: Math.max(0, kl), logit: mean(logitByText), logitByText };
}

/** How far the next token's logit fell, and the mean over the vocabulary did not. */
function fall({ logits, next }: Clean, ablated: Float32Array): number {
  let all = 0;
  for (let t = 0; t < ablated.length; t++) all += logits[t] - ablated[t];
  return logits[next] - ablated[next] - all / ablated.length;
}
