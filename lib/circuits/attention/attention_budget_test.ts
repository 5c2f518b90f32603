import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import * as sabotages from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { attentionBudget } from "./attention_budget.ts";

const TEXT = [1, 2, 3, 4, 0];

Deno.test("a budget is one, spent on all that the mask allows, and what is broken shows", async () => {
  const model = smallModel(); // 3 heads
  const { off, spent, ...counts } = await attentionBudget(model, TEXT);
  const none = { unreachable: 0, vanished: 0, unexplained: 0 };
  assertEquals(counts, { allowed: 3 * 15, ...none }, "fifteen places behind the mask");
  assertLess(off, 1e-6, "in single precision");
  assertEquals(Math.abs(spent - 1) <= off, true, "the most that is spent is one of the sums");
  const broken = (sabotage: typeof sabotages.noCausalMask) =>
    attentionBudget(sabotage.apply(model), TEXT);
  assertEquals((await broken(sabotages.noCausalMask)).allowed, 3 * 25, "open");
  const hard = await broken(sabotages.hardAttention);
  assertEquals([hard.vanished, hard.unexplained], [30, 30], "one place of each position is left");
  const blind = await broken(sabotages.selfOnlyHeads);
  assertEquals([blind.unreachable, blind.unexplained], [30, 0], "without a finite score");
  assertAlmostEquals((await broken(sabotages.largerBudget)).off, 0.001, 1e-6, "a thousandth");
});

Deno.test("far away under ALiBi a weight is too small for 32 bits, and that is why it is zero", async () => {
  const model = smallModel({ positions: "alibi", n_heads: 8 }); // the steepest slope is 1/2
  const { vanished, unexplained } = await attentionBudget(model, Array(220).fill(TEXT[0]));
  assertGreater(vanished, 0, "220 places away the first head's score is lower by 110");
  assertEquals(unexplained, 0, "and no nearer place has a weight of zero");
});
