import { assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { scoreDifference } from "../../circuits/attention/score_difference.ts";
import "../../runtime/testing/give_back.ts";
import { noRotation } from "../sabotages/positions.ts";
import { LLAMA, oneOfEach, smallModel } from "../testing/small_models.ts";
import { run } from "../../runtime/mod.ts";
import { maxAbs, maxDifference } from "../../tensor/mod.ts";
import { changeWeights } from "../params.ts";
import { Unfit } from "../unfit.ts";
import { collapsed, collapsedOV } from "./collapse.ts";

const TEXT = [[1, 2, 3, 4, 0]];

Deno.test("a collapsed model runs as the model does, unless its positions turn", async () => {
  for (const model of [...oneOfEach(), smallModel({ ...LLAMA, positions: "alibi" })]) {
    const { apart, weightsApart } = await scoreDifference(model, collapsed(model), TEXT);
    const rotary = model.config.positions === "rotary";
    // Sums of eleven products, rounded at 6e-8 each.
    assertEquals(apart < 2e-6 && weightsApart < 2e-6, !rotary, `${model.name}: ${apart}`);
  }
  const turning = smallModel({ positions: "rotary" });
  const { apart } = await scoreDifference(noRotation.apply(turning), collapsed(turning), TEXT);
  assertLess(apart, 2e-6, "one matrix is what is left with the rotation off");
  const unbiased = collapsed(smallModel(), { biases: false });
  assertGreater((await scoreDifference(smallModel(), unbiased, TEXT)).apart, 0.01, "biases count");
});

Deno.test("where heads share values each has its W_OV all the same", async () => {
  const model = smallModel({ ...LLAMA, biases: true });
  const [{ logits }, plain] = await Promise.all(
    [collapsedOV(model), model].map((each) => run(each, TEXT)),
  );
  assertLess(maxDifference(logits, plain.logits), 1e-5 * maxAbs(plain.logits));
});

Deno.test("biases that are nothing cannot be left out", () => {
  const model = smallModel();
  const without = (names: RegExp) => ({
    ...model,
    weights: changeWeights(model.weights, names, (x) => x.map(() => 0)),
  });
  const leaveOut = { biases: false };
  const [noQ, noQK, noV] = [/b_Q/, /b_[QK]/, /b_V/].map(without);
  assertThrows(() => collapsed(noQK, leaveOut), Unfit, "no b_Q and b_K is other than zero");
  assertThrows(() => collapsedOV(noV, leaveOut), Unfit, "no b_V is other than zero");
  assertThrows(() => collapsed(smallModel({ biases: false }), leaveOut), Unfit);
  for (const some of [noQ, noV]) assertEquals(collapsed(some, leaveOut).rewrites.length, 1);
  assertEquals(collapsedOV(noQK, leaveOut).rewrites.length, 1);
});
