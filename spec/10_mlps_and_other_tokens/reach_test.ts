import { assertEquals, assertGreater, assertLess } from "@std/assert";
import type { Model } from "../../mod.ts";
import { reference } from "../../lib/model/reference/reference.ts";
import { Random } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import { selfOnlyHeads } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { throughAttention } from "./reach.ts";

/** Taught at the last position alone: at one place of this text hardly any later one looks. */
const lastOnly = models.trainedModel("last-only/1");
const [PLACE, FROM, TO] = [10, "blocks.0.hook_resid_pre", "blocks.0.hook_attn_out"];

/** The most that later outputs move in 64 bits, where the stream is nudged by way of W_pos. */
function movedInReference(model: Model, text: readonly number[]): number {
  const { "pos_embed.W_pos": W_pos, ...others } = model.weights;
  const width = model.config.d_model;
  const after = (size: number) => {
    const random = new Random("nudge");
    const data = Float64Array.from(W_pos.data);
    for (let i = 0; i < width; i++) data[PLACE * width + i] += size * random.normal();
    const weights = { ...others, "pos_embed.W_pos": { shape: W_pos.shape, data } };
    return reference({ ...model, weights }, [text]).get(TO).data.slice((PLACE + 1) * width);
  };
  const [nudged, clean] = [after(1), after(0)];
  return nudged.reduce((most, value, i) => Math.max(most, Math.abs(value - clean[i])), 0);
}

Deno.test("what is lost in the rounding of an output is found among the weights", async () => {
  const model = await lastOnly.load();
  const [text] = probes.drawTokens(model);
  const [outputs] = await probes.influences(model, text, [{ from: FROM, to: TO }]);
  assertEquals([...outputs.get(PLACE).data].slice(PLACE + 1), [0, 0, 0], "in 32 bits, nothing");
  const moved = movedInReference(model, text);
  assertGreater(moved, 0, "in 64 bits it does");
  assertLess(moved, 1e-5, "less than numbers of a hundred are rounded by");
  const { reach, earlier } = await throughAttention(model);
  assertGreater(reach, 0);
  assertLess(reach, 6e-8);
  assertEquals(earlier, 0);
});

Deno.test("heads that look at nothing else reach nothing, by no measure", async () => {
  const { self, reach } = await throughAttention(selfOnlyHeads.apply(await models.tiny.load()));
  assertGreater(self, 0);
  assertEquals(reach, 0);
});
