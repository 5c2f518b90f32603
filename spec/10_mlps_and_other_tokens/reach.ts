import type { Model } from "../../mod.ts";
import * as probes from "../../lib/circuits/mod.ts";

/** Right before each attention layer, and what comes out of it. */
const TO_OUTPUT: probes.Pair = { from: "hook_resid_pre", to: "hook_attn_out" };

/** The same, and how it weighs what it looks at. */
const TO_WEIGHTS: probes.Pair = { from: "hook_resid_pre", to: "attn.hook_pattern" };

/**
 * Whom a nudge reaches through attention. A weight of less than 6e-8 can be lost in the rounding of
 * all else that a position reads; then it is looked for among the weights, each rounded by itself.
 */
export async function throughAttention(model: Model): Promise<probes.InfluenceEvidence> {
  const through = (pair: probes.Pair) =>
    probes.probeInfluence(model, probes.pairsInEachBlock(model, pair));
  const read = await through(TO_OUTPUT);
  return read.reach > 0 ? read : { ...read, reach: (await through(TO_WEIGHTS)).reach };
}
