/** A model built by hand, whose second head finds the first one's notes by its keys and nothing else. */
import "../../runtime/testing/give_back.ts";
import { assertEquals, assertGreater, assertLess, assertRejects } from "@std/assert";
import { inductionByHand } from "../../../fixtures/subjects/copiers.ts";
import { drawRepeatedBlocks } from "../texts/draw_repeats.ts";
import { continuation } from "../losses/continuation.ts";
import { cutPaths } from "./cut_paths.ts";

Deno.test("notes that are read by keys are missed there, and not in queries or values", async () => {
  const model = await inductionByHand.load();
  const repeats = drawRepeatedBlocks(model, { block: [5, 14], rows: 4 });
  const lossWithout = async (head: number) => {
    const cuts = await cutPaths(model, repeats.tokens, { from: { layer: 0, head }, to: 1 });
    assertEquals(Object.values(cuts).map(({ hook }) => hook.at(-1)), ["q", "k", "v"]);
    const loss = async (by: "Q" | "K" | "V") =>
      (await continuation(model, repeats, { interventions: [cuts[by]] })).loss;
    return { Q: await loss("Q"), K: await loss("K"), V: await loss("V") };
  };
  const { Q, K, V } = await lossWithout(0);
  assertGreater(K, Math.log(4), "it no longer knows where to look");
  for (const [by, loss] of [["Q", Q], ["V", V], ...Object.entries(await lossWithout(1))] as const) {
    assertLess(loss, 1e-9, `nothing is read there: ${by}`);
  }
});

Deno.test("a layer that is not later has been told nothing, and is refused", async () => {
  const model = await inductionByHand.load();
  for (const to of [0, -1]) {
    await assertRejects(
      () => cutPaths(model, [[1, 2]], { from: { layer: 0, head: 0 }, to }),
      RangeError,
      `a later layer is required, got ${to}`,
    );
  }
});
