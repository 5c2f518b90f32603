import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { run } from "../../runtime/mod.ts";
import { noCausalMask } from "../../model/sabotages/mod.ts";
import { oneOfEach, smallModel } from "../../model/testing/small_models.ts";
import { logProbabilities } from "./log_probability.ts";
import { totalProbability } from "./total_probability.ts";

Deno.test("the probabilities of all texts sum to one in every model with a mask", async () => {
  for (const model of oneOfEach({ d_vocab: 5 })) {
    for (const length of [2, 3, 4]) {
      const { sum, texts } = await totalProbability(model, length);
      assertEquals(texts, 5 ** (length - 1), "texts");
      assertAlmostEquals(sum, 1, 1e-12, `${model.name}, ${length} tokens`);
    }
  }
});

Deno.test("the sum is that of every text written out", async () => {
  const model = noCausalMask.apply(smallModel({ d_vocab: 3 }));
  let expected = 0;
  for (let a = 0; a < 3; a++) {
    // Without a mask the prediction of the second token has seen it.
    const { logits } = await run(model, [[0, a]]);
    const likely = (p: number) => [...logProbabilities(logits.get(0, p).data)].map(Math.exp);
    for (let b = 0; b < 3; b++) expected += likely(0)[a] * likely(1)[b];
  }
  const { sum } = await totalProbability(model, 3);
  assertAlmostEquals(sum, expected, 1e-12, "nine texts");
  assertGreater(Math.abs(sum - 1), 1e-3, "which is not one");
});

Deno.test("a text of one token has no prediction", async () => {
  const message = "a length of at least 2 is required, got 1";
  await assertRejects(() => totalProbability(smallModel(), 1), RangeError, message);
});
