/** What becomes of a model whose heads are split in parts. */
import memoize from "memoize";
import { type Model, run, type Subject } from "../../mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import { maxAbs, maxDifference } from "../../lib/tensor/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { textsFor } from "./heads.ts";

/** How many parts each head is split in. */
export const PARTS = 3;

const SHARES = {
  "equal shares": Array(PARTS).fill(1 / PARTS),
  "one part has it all": [1, ...Array(PARTS - 1).fill(0)],
  "every part has it all": Array(PARTS).fill(1),
};

/** A model, and the same with each head split. */
export type Split = { readonly whole: Model; readonly split: Model };

/** A model, and the same with each head split in parts that share what it writes. */
export function inParts(model: Subject<Model>, how: keyof typeof SHARES): Subject<Split> {
  const load = async () => {
    const whole = await model.load();
    return { whole, split: transformer.splitHeads(whole, SHARES[how]) };
  };
  return {
    name: `${model.name}, heads split, ${how}`,
    about: `${model.name}, changed: each head is split in ${PARTS}, ${how}`,
    from: model.name,
    origin: "built",
    load,
  };
}

const learned = models.bothSeeds("learned")[0];

/** Controls: parts that do not share what the head wrote. */
export const otherParts = {
  "one part has it all": { on: [inParts(learned, "one part has it all")] },
  "every part has it all": { on: [inParts(learned, "every part has it all")] },
};

/** What a model says of one text, and how much is lost without any of its heads. */
const onOneRow = memoize(async (model: Model) => {
  const rows = (await textsFor(model)).slice(0, 1);
  const { mean: effects } = await probes.ablateHeads(model, rows, ["mean"]);
  return { logits: (await run(model, rows)).logits, missed: effects.map(({ kl }) => kl) };
}, { cache: new WeakMap() });

/** Whether the two do the same, and how much is lost without any head, or any part of one. */
export async function splitting({ whole, split }: Split) {
  const { logits: a, missed: heads } = await onOneRow(whole);
  const { logits: b, missed: parts } = await onOneRow(split);
  return {
    apart: maxDifference(a, b) / maxAbs(a),
    growth: probes.effectiveNumber(parts) / probes.effectiveNumber(heads),
    head: Math.max(...heads),
    part: Math.max(...parts),
    heads,
    parts,
  };
}
