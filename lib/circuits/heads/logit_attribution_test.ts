import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { max, sum } from "../../tensor/mod.ts";
import { SCHEMES } from "../../model/mod.ts";
import { LLAMA, smallModel } from "../../model/testing/small_models.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { averages } from "../testing/models.ts";
import { type Attribution, logitAttribution } from "./logit_attribution.ts";

/** How far the parts are from summing to the logits, at most. */
function missing({ parts, logits }: Attribution): number {
  return max(
    logits.flatMap((row, r) =>
      row.map((logit, p) => Math.abs(sum(parts.map(({ toward }) => toward[r][p])) - logit))
    ),
  );
}

Deno.test("what each part of two averages writes is what one gets by hand", async () => {
  const { parts, logits } = await logitAttribution(averages(2), [[0, 1, 2]], [[0, 1, 2]]);
  const expected = {
    embedding: [1, 1, 1],
    "head 0.0": [1, 1 / 2, 1 / 3],
    "b_O 0": [1, 2, 3],
    // It averages what stands there by then: the token, the first head's average, and its bias.
    "head 1.0": [1 + 1 + 1, 1 / 2 + 1 / 4 + 2, 1 / 3 + 1 / 9 + 3],
    "b_O 1": [0, 0, 5],
    "last biases": [7, 0, 0],
  };
  assertEquals(parts.map(({ part }) => part), Object.keys(expected), "every part, in order");
  for (const { part, toward: [row] } of parts) {
    assertClose(row, expected[part as keyof typeof expected], 1e-6, part);
  }
  const sums = [0, 1, 2].map((p) => sum(Object.values(expected).map((x) => x[p])));
  assertClose(logits[0], sums, 2e-6, "the logits");
});

Deno.test("above the mean, what lifts every logit alike counts for nothing", async () => {
  const options = { aboveMean: true };
  const { parts } = await logitAttribution(averages(1), [[0, 1, 2]], [[0, 0, 0]], options);
  const by = Object.fromEntries(parts.map(({ part, toward }) => [part, toward[0]]));
  assertAlmostEquals(by["b_O 0"][0], 1 - 2, 1e-6, "[1, 2, 3] less its mean");
  assertAlmostEquals(by["last biases"][1], 7 - 7 / 3, 1e-6, "[7, 0, 0] less its mean");
  assertAlmostEquals(by.embedding[1], -1 / 3, 1e-6, "another token's direction");
});

Deno.test("the parts sum to the logits, MLPs and LayerNorm included", async () => {
  const tokens = [[1, 2, 3, 4, 5, 0], [6, 7, 8, 9, 10, 0]];
  const models = [
    ...SCHEMES.map((positions) => smallModel({ n_layers: 2, positions })),
    smallModel({ normalization: "none", tied: true, biases: false }),
    smallModel(LLAMA),
    smallModel({ n_layers: 0 }),
  ];
  for (const model of models) {
    for (const aboveMean of [false, true]) {
      const found = await logitAttribution(model, tokens, tokens.toReversed(), { aboveMean });
      const largest = max(found.logits.flat().map(Math.abs));
      // Sums of about a hundred products, rounded at 6e-8 each.
      assertLess(missing(found), 1e-5 * largest, `${model.name}, above the mean: ${aboveMean}`);
    }
  }
});
