/** What heads write towards the next token, and what is lost without them. */
import type { Model, Subject } from "../../mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import { mean } from "../../lib/tensor/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { inARow, textsFor, withoutHeads } from "./heads.ts";
import { shortText } from "./paths.ts";

/** What heads of a layer write beside what is lost without them, the last LayerNorm held or not. */
export const lostIn = (layer: "first" | "last", { held = true } = {}) => async (model: Model) => {
  const rows = shortText(model);
  const norm = model.config.normalization === "none" ? [] : ["ln_final.hook_scale"];
  const { zero } = await probes.ablateHeads(model, rows, ["zero"], { hold: held ? norm : [] });
  const wanted = layer === "first" ? 0 : model.config.n_layers - 1;
  const heads = (await probes.directAndTotal(model, rows, zero))
    .filter((head) => head.layer === wanted);
  return { apart: mean(heads.map((h) => h.apart)) / mean(heads.map((h) => h.size)) };
};

/** What each head writes towards the next token, and what is lost without it. */
export async function writtenAndLost(model: Model) {
  const rows = await textsFor(model);
  const heads = await probes.directAndTotal(model, rows, (await withoutHeads(model)).zero);
  return { heads, apart: mean(heads.map((h) => h.apart)) / mean(heads.map((h) => h.size)) };
}

/** The small GPTs, both seeds of each scheme, as one subject. */
export const smallGpts: Subject<Model[]> = inARow("ten models with MLPs", models.twoOfEachScheme);

/**
 * Heads of a layer, on average over models: what they write, what is lost without them, and what is
 * lost while the scale of a LayerNorm stays as it was.
 */
export const shortfall =
  (norm: string, layer: "first" | "last" = "last") => async (each: readonly Model[]) => {
    const found: Record<"written" | "lost" | "held", number>[] = [];
    for (const model of each) {
      const [rows, { zero }] = [await textsFor(model), await withoutHeads(model)];
      const holding = await probes.ablateHeads(model, rows, ["zero"], {
        hold: [`${norm}.hook_scale`],
      });
      const heads = await probes.directAndTotal(model, rows, zero);
      const wanted = layer === "first" ? 0 : model.config.n_layers - 1;
      heads.forEach(({ layer, direct: written, total: lost }, i) => {
        if (layer === wanted) found.push({ written, lost, held: holding.zero[i].logit });
      });
    }
    return {
      written: mean(found.map(({ written }) => written)),
      lost: mean(found.map(({ lost }) => lost)),
      held: mean(found.map(({ held }) => held)),
    };
  };
