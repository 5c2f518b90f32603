import "../../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { smallModel } from "../../model/testing/small_models.ts";
import { releaseSessions } from "../../runtime/pool.ts";
import { ablateHeads } from "./ablation.ts";
import { divergence, prediction } from "../losses/divergence.ts";
import { averages } from "../testing/averages.ts";

Deno.test.afterAll(releaseSessions);

/**
 * One average of the texts [0, 1, 0] and [2, 2, 2], each predicting its second and third token. To
 * the logits it adds what it read; the rest of them is the token itself and the biases.
 */
const ROWS = [[0, 1, 0], [2, 2, 2]];
const READ = [[[1, 0, 0], [1 / 2, 1 / 2, 0]], [[0, 0, 1], [0, 0, 1]]];
const REST = [[[9, 2, 3], [8, 3, 3]], [[8, 2, 4], [8, 2, 4]]];

/** The means over the four predictions if the head had read something else: [row][pos][token]. */
function byHand(instead: number[][][]) {
  const sum = { kl: 0, logit: 0 };
  for (const [r, p] of [[0, 0], [0, 1], [1, 0], [1, 1]]) {
    const [clean, other] = [READ, instead].map((read) =>
      REST[r][p].map((x, t) => x + read[r][p][t])
    );
    const next = ROWS[r][p + 1];
    sum.kl += divergence(prediction(clean), other) / 4;
    const falls = clean.map((x, t) => x - other[t]);
    sum.logit += (falls[next] - (falls[0] + falls[1] + falls[2]) / 3) / 4;
  }
  return sum;
}

Deno.test("each way to ablate an average does what one gets by hand", async () => {
  const all = await ablateHeads(averages(1), ROWS, ["zero", "mean", "resample"]);
  // Over all six positions, the last ones included: 1, 1/2, 2/3 of token 0; 0, 1/2, 1/3 of token 1.
  const mean = [13 / 36, 5 / 36, 1 / 2];
  const everywhere = (x: number[]) => [[x, x], [x, x]];
  const expected = {
    zero: byHand(everywhere([0, 0, 0])),
    mean: byHand(everywhere(mean)),
    resample: byHand([READ[1], READ[0]]),
  };
  for (const how of ["zero", "mean", "resample"] as const) {
    const [effect] = all[how];
    assertEquals(all[how].length, 1, "one head");
    for (const key of ["kl", "logit"] as const) {
      assertAlmostEquals(effect[key], expected[how][key], 1e-6, `${how}, ${key}`);
    }
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

Deno.test("one text has nobody to resample from", async () => {
  const message = "Cannot resample: at least two rows are required, got 1";
  await assertRejects(() => ablateHeads(averages(1), [[0, 1]], ["resample"]), RangeError, message);
});
