import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { smallModel } from "../../model/testing/small_models.ts";
import { ablateHeads } from "./ablation.ts";
import { averages } from "../testing/models.ts";
import { directAndTotal } from "./direct_and_total.ts";

Deno.test("of one layer without LayerNorm, what is written is what is lost", async () => {
  const model = smallModel({ attn_only: true, normalization: "none" });
  const rows = [[1, 2, 3, 4], [5, 6, 7, 8]];
  const { zero } = await ablateHeads(model, rows, ["zero"]);
  const heads = await directAndTotal(model, rows, zero);
  assertEquals(heads.map(({ layer, head }) => [layer, head]), [[0, 0], [0, 1], [0, 2]]);
  for (const { head, apart } of heads) assertLess(apart, 1e-5, `head ${head}, but for rounding`);
});

Deno.test("without the first of two averages the second writes less, too", async () => {
  const rows = [[0, 1, 0]];
  const { zero } = await ablateHeads(averages(2), rows, ["zero"]);
  const [first, second] = await directAndTotal(averages(2), rows, zero);
  // Towards 1 after [1, 0, 0], and towards 0 after [1/2, 1/2, 0], each less a third.
  assertAlmostEquals(first.direct, (-1 / 3 + 1 / 6) / 2, 1e-6, "what the first writes");
  assertAlmostEquals(first.size, (1 / 3 + 1 / 6) / 2, 1e-6, "its size");
  // The second average reads it as well: [1, 0, 0] again, then [3/4, 1/4, 0].
  const more = [-1 / 3, 5 / 12];
  assertAlmostEquals(first.total, first.direct + (more[0] + more[1]) / 2, 1e-6, "what is lost");
  assertAlmostEquals(first.apart, (1 / 3 + 5 / 12) / 2, 1e-6, "the difference, token by token");
  assertLess(second.apart, 1e-5, "nothing comes after the second");
});
