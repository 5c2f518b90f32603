/** What heads write towards the next token, and what is lost without them. */
import memoize from "memoize";
import { type Model, needs, type Subject } from "../../mod.ts";
import { atLeast } from "../../lib/model/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import { mean } from "../../lib/tensor/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { inARow, textsFor, withoutHeads } from "./heads.ts";
import { shortText } from "./paths.ts";

/**
 * What heads write in a short text, and what is lost without them, the last LayerNorm held or not.
 */
const inShort = memoize((model: Model) =>
  memoize(async (held: boolean) => {
    const rows = shortText(model);
    const norm = held && model.config.normalization !== "none" ? ["ln_final.hook_scale"] : [];
    const { zero } = await probes.ablateHeads(model, rows, ["zero"], { hold: norm });
    return await probes.directAndTotal(model, rows, zero);
  }), { cache: new WeakMap() });

/** What heads of a layer write beside what is lost without them, the last LayerNorm held or not. */
export const lostIn = (layer: "first" | "last", { held = true } = {}) => async (model: Model) => {
  const wanted = layer === "first" ? 0 : model.config.n_layers - 1;
  const heads = (await inShort(model)(held)).filter((head) => head.layer === wanted);
  return { apart: mean(heads.map((h) => h.apart)) / mean(heads.map((h) => h.size)) };
};

/** Models without MLPs, above whose last heads nothing comes but LayerNorm. */
export const withoutMlps = {
  on: [
    ...models.randomFamilies({ mlp: false, size: 1 }),
    ...models.bothSeeds("attn-1l"),
    ...models.bothSeeds("attn-2l"),
  ],
  needs: needs.attention,
};

/** Controls: where what is lost is something else than what was written. */
export const otherLosses = {
  "LayerNorm let go": {
    on: models.bothSeeds("attn-2l"),
    needs: needs.norm,
    measure: lostIn("last", { held: false }),
  },
  "heads with a layer above": {
    on: models.bothSeeds("attn-2l"),
    needs: atLeast({ n_layers: 2 }),
    measure: lostIn("first"),
  },
};

const inTexts = memoize(
  async (model: Model) => {
    const { zero } = await withoutHeads(model, ["zero"]);
    return await probes.directAndTotal(model, await textsFor(model), zero);
  },
  { cache: new WeakMap() },
);

/** What becomes of a model without each head while the scale of a LayerNorm stays as it was. */
const whileHeld = memoize((model: Model) =>
  memoize(async (norm: string) => {
    const hold = [`${norm}.hook_scale`];
    return (await probes.ablateHeads(model, await textsFor(model), ["zero"], { hold })).zero;
  }), { cache: new WeakMap() });

/** What each head writes towards the next token, and what is lost without it. */
export async function writtenAndLost(model: Model) {
  const heads = await inTexts(model);
  return { heads, apart: mean(heads.map((h) => h.apart)) / mean(heads.map((h) => h.size)) };
}

/** Models with heads that write. */
export const inAll = {
  on: [...models.bothSeeds("attn-2l"), ...models.twoOfEachScheme],
  needs: needs.attention,
};

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
      const [heads, held] = [await inTexts(model), await whileHeld(model)(norm)];
      const wanted = layer === "first" ? 0 : model.config.n_layers - 1;
      heads.forEach(({ layer, direct: written, total: lost }, i) => {
        if (layer === wanted) found.push({ written, lost, held: held[i].logit });
      });
    }
    return {
      written: mean(found.map(({ written }) => written)),
      lost: mean(found.map(({ lost }) => lost)),
      held: mean(found.map(({ held }) => held)),
    };
  };

/** A control, for which the first seeds are enough: another LayerNorm held. */
export const beforeLastMlp = {
  on: [
    inARow("five models with MLPs", models.schemeRecipes.map((name) => models.bothSeeds(name)[0])),
  ],
  measure: shortfall("blocks.1.ln2"),
};
