import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertLess, assertRejects } from "@std/assert";
import { smallModel } from "../../model/testing/small_models.ts";
import { ablateHeads } from "./ablation.ts";
import { averages } from "../testing/models.ts";
import { directAndTotal } from "./direct_and_total.ts";

Deno.test("of one layer without LayerNorm, what is written is what is lost", async () => {
  const model = smallModel({ attn_only: true, normalization: "none" });
  const rows = [[1, 2, 3, 4], [5, 6, 7, 8]];
  const { zero } = await ablateHeads(model, rows, ["zero"]);
  const { apart, error } = await directAndTotal(model, rows, zero);
  assertLess(apart, 1e-5, "but for rounding");
  assertLess(error, 1e-5, "in any text");
});

Deno.test("without the first of two averages the second writes less, too", async () => {
  const rows = [[0, 1, 0], [0, 1, 0]];
  const { zero } = await ablateHeads(averages(2), rows, ["zero"]);
  const found = await directAndTotal(averages(2), rows, zero);
  const { direct: [first], total: [lostFirst] } = found;
  assertAlmostEquals(found.error, 0, 1e-6, "the same in both texts");
  // Towards 1 after [1, 0, 0], and towards 0 after [1/2, 1/2, 0], each less a third.
  assertAlmostEquals(first, (-1 / 3 + 1 / 6) / 2, 1e-6, "what the first writes");
  // The second average reads it as well: [1, 0, 0] again, then [3/4, 1/4, 0].
  assertAlmostEquals(lostFirst, first + (-1 / 3 + 5 / 12) / 2, 1e-6, "what is lost without it");
});

Deno.test("from one text nobody can tell how much depends on it", async () => {
  const message = "two texts are required, got 1";
  await assertRejects(() => directAndTotal(averages(1), [[0, 1]], []), RangeError, message);
});
