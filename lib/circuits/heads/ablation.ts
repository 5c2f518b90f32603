import { type Head, headsOf, inEachBlock, type Model } from "../../model/mod.ts";
import { run, sweep, type Tokens } from "../../runtime/mod.ts";
import { columnMeans, mean, takeRows, Tensor } from "../../tensor/mod.ts";
import { divergence, type Prediction, predictions } from "../losses/divergence.ts";

/**
 * What takes the place of what a head read (its z): zeros; its mean over all rows and positions; or
 * what it read at the same position of the next row, another text.
 */
export type Ablation = "zero" | "mean" | "resample";

/** What became of a model without one of its heads; means over all predictions, as evidence. */
export type HeadEffect = Head & {
  /** KL(clean || ablated): how much the predictions changed, in nats. */
  readonly kl: number;
  /**
   * How far the next token's logit fell, measured from the mean over the vocabulary; 0 where texts are
   * one token long and none comes next.
   */
  readonly logit: number;
  /**
   * The divergence of each prediction of a token that comes, text by text: [row][pos]. Of a text of
   * one token it is the only prediction's.
   */
  readonly klByToken: readonly (readonly number[])[];
  /** How far the next token's logit fell at each of them: [row][pos]. */
  readonly logitByToken: readonly (readonly number[])[];
};

/**
 * Takes the heads out one at a time, in every way that is asked for.
 *
 * A mean ablation leaves what a head always says and takes away only what depends on the text (Wang
 * et al., 2022, arXiv:2211.00593); zeros take away both; a resample puts in what the head could
 * have said.
 *
 * A silenced head leaves the stream shorter or longer, and LayerNorm rescales what the others wrote.
 * To see what is lost beside that, its scale can be held.
 *
 * @param rows Texts of one length; two of them at least for "resample".
 * @param ways How to ablate.
 * @param hold Hooks that stay as they are in the model with all its heads, such as
 * `ln_final.hook_scale`.
 * @returns For each way, an effect for each head, layer by layer.
 * @throws {RangeError} If there is only one row to resample from.
 */
export async function ablateHeads<How extends Ablation>(
  model: Model,
  rows: Tokens,
  ways: readonly How[],
  { hold = [] }: { readonly hold?: readonly string[] } = {},
): Promise<Record<How, HeadEffect[]>> {
  const hooks = inEachBlock(model.config, "attn.hook_z"); // read, and not yet written
  const heads = headsOf(model.config);
  // An intervention in no row: the clean run can share its session with the others.
  const nothing = [...hooks, ...hold].map((hook) => ({ hook, to: "zero" as const, rows: [] }));
  const clean = await run(model, rows, { hooks: [...hooks, ...hold], interventions: nothing });
  const held = hold.map((hook) => ({ hook, to: clean.get(hook) }));
  const expected = clean.logits.unstack().map(predictions);
  const effects: Partial<Record<How, HeadEffect[]>> = {};
  for (const how of ways) {
    const reads = hooks.map((hook) => replacement(clean.get(hook), how));
    const changes = heads.map(({ layer, head }) => [
      { hook: hooks[layer], to: reads[layer], heads: [head] },
      ...held,
    ]);
    const found: HeadEffect[] = [];
    for await (const { logits } of sweep(model, rows, changes)) {
      found.push({ ...heads[found.length], ...compare(expected, rows, logits.unstack()) });
    }
    effects[how] = found;
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
  const [batch] = z.shape;
  if (batch < 2) {
    throw new RangeError(`Cannot resample: at least two rows are required, got ${batch}`);
  }
  return takeRows(z, Array.from({ length: batch }, (_, row) => (row + 1) % batch));
}

/**
 * What changed between predictions and those of an ablated run: means over all of them.
 *
 * @param ablated Its logits, text by text: [pos, d_vocab].
 */
function compare(
  clean: readonly (readonly Prediction[])[],
  rows: Tokens,
  ablated: readonly Tensor[],
): Omit<HeadEffect, keyof Head> {
  // Rounding can leave a divergence of next to nothing on the wrong side of zero.
  const klByToken = rows.map((row, r) =>
    clean[r].slice(0, Math.max(1, row.length - 1)).map((prediction, p) =>
      Math.max(0, divergence(prediction, ablated[r].get(p).data))
    )
  );
  const logitByToken = rows.map((row, r) =>
    row.slice(1).map((next, p) => fall(clean[r][p], ablated[r].get(p).data, next))
  );
  const falls = logitByToken.flat();
  return {
    kl: mean(klByToken.flat()),
    logit: falls.length > 0 ? mean(falls) : 0,
    klByToken,
    logitByToken,
  };
}

/** How far the next token's logit fell, and the mean over the vocabulary did not. */
function fall({ logits }: Prediction, ablated: Float32Array, next: number): number {
  let all = 0;
  for (let t = 0; t < ablated.length; t++) all += logits[t] - ablated[t];
  return logits[next] - ablated[next] - all / ablated.length;
}
