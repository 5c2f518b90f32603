import "../../runtime/testing/give_back.ts";
import { assertEquals, assertGreater, assertRejects } from "@std/assert";
import { mean, sum } from "../../tensor/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { divergence, prediction, predictions } from "../losses/divergence.ts";
import { run } from "../../runtime/mod.ts";
import { averages } from "../testing/models.ts";
import { ablateHeads } from "./ablation.ts";
import { logitAttribution } from "./logit_attribution.ts";

/**
 * One average of the texts [0, 1, 0] and [2, 2, 2], each predicting its second and third token. To
 * the logits it adds what it read; the rest of them is the token itself and the biases.
 */
const ROWS = [[0, 1, 0], [2, 2, 2]];
const READ = [[[1, 0, 0], [1 / 2, 1 / 2, 0]], [[0, 0, 1], [0, 0, 1]]];
const REST = [[[9, 2, 3], [8, 3, 3]], [[8, 2, 4], [8, 2, 4]]];

/** The divergence and the fall, means over four predictions, if the head had read something else. */
function byHand(instead: number[][][]): number[] {
  const found = [[0, 0], [0, 1], [1, 0], [1, 1]].map(([r, p]) => {
    const [clean, other] = [READ, instead].map((read) =>
      REST[r][p].map((x, t) => x + read[r][p][t])
    );
    const falls = clean.map((x, t) => x - other[t]);
    return { kl: divergence(prediction(clean), other), fall: falls[ROWS[r][p + 1]] - mean(falls) };
  });
  return [mean(found.map(({ kl }) => kl)), mean(found.map(({ fall }) => fall))];
}

Deno.test("each way to ablate an average does what one gets by hand", async () => {
  const all = await ablateHeads(averages(1), ROWS, ["zero", "mean", "resample"]);
  // Over all six positions, the last ones included: 1, 1/2, 2/3 of token 0; 0, 1/2, 1/3 of token 1.
  const everywhere = (x: number[]) => [[x, x], [x, x]];
  const instead = {
    zero: everywhere([0, 0, 0]),
    mean: everywhere([13 / 36, 5 / 36, 1 / 2]),
    resample: [READ[1], READ[0]],
  };
  for (const how of ["zero", "mean", "resample"] as const) {
    assertEquals(all[how].length, 1, "one head");
    const [{ kl, logit, klByToken, logitByToken }] = all[how];
    assertClose([kl, logit], byHand(instead[how]), 1e-6, how);
    const means = [klByToken, logitByToken].map((by) => sum(by.flat()) / 4);
    assertClose(means, [kl, logit], 1e-12, `${how}, token by token`);
  }
  assertGreater(all.zero[0].kl, 1e-4, "the predictions did change, by more than the bound");
});

Deno.test("each head is ablated alone, and one that writes nothing is not missed", async () => {
  const model = smallModel({ n_layers: 2 });
  const W_O = model.weights["blocks.1.attn.W_O"];
  const mute = W_O.map((x, i) => i >= 40 && i < 80 ? 0 : x); // head 1 of [3, 4, 10]
  const weights = { ...model.weights, "blocks.1.attn.W_O": mute };
  const { zero } = await ablateHeads({ ...model, weights }, [[1, 2, 3, 4], [5, 6, 7, 8]], ["zero"]);
  for (const { layer, head, kl } of zero) {
    if (layer === 1 && head === 1) assertEquals(kl, 0, "it writes nothing");
    else assertGreater(kl, 1e-6, `head ${layer}.${head} is missed`);
  }
});

Deno.test("with LayerNorm's scale held, all that is lost is what the head wrote", async () => {
  const model = smallModel({ attn_only: true });
  const rows = [[1, 2, 3, 4], [5, 6, 7, 8]];
  const { parts } = await logitAttribution(
    model,
    rows.map((row) => row.slice(0, -1)),
    rows.map((row) => row.slice(1)),
    { aboveMean: true },
  );
  const written = parts.filter(({ part }) => part.startsWith("head ")).map((each) => each.toward);
  const hold = ["ln_final.hook_scale"];
  const { zero } = await ablateHeads(model, rows, ["zero"], { hold });
  const { zero: free } = await ablateHeads(model, rows, ["zero"]);
  for (const [i, { logitByToken }] of zero.entries()) {
    assertClose(logitByToken.flat(), written[i].flat(), 1e-5, `head ${i}`);
    const apart = Math.abs(free[i].logit - mean(written[i].flat()));
    assertGreater(apart, 1e-4, `head ${i}, nothing held`);
  }
});

Deno.test("one text has nobody to resample from", async () => {
  const resample = () => ablateHeads(averages(1), [[0, 1]], ["resample"]);
  await assertRejects(resample, RangeError, "at least two rows are required, got 1");
});

Deno.test("of a text of one token its only prediction is compared", async () => {
  const model = averages(1);
  const { zero: [effect] } = await ablateHeads(model, [[0]], ["zero"]);
  const cut = [{ hook: "blocks.0.attn.hook_z", to: "zero", heads: [0] }] as const;
  const [before, after] = [
    await run(model, [[0]]),
    await run(model, [[0]], { interventions: cut }),
  ];
  const expected = divergence(
    predictions(before.logits.get(0))[0],
    after.logits.get(0, 0).data,
  );
  assertEquals(effect.klByToken, [[Math.max(0, expected)]]);
  assertEquals([effect.kl, effect.logit, effect.logitByToken], [effect.klByToken[0][0], 0, [[]]]);
});
