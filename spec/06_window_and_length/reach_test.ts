import { assertEquals, assertGreater } from "@std/assert";
import { drawTokens, influences } from "../../lib/circuits/mod.ts";
import { initialWeights, makeConfig, makeModel } from "../../lib/model/mod.ts";
import { selfOnlyHeads, slidingWindow } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { reachByLayer } from "./reach.ts";

const reach = reachByLayer(4);

Deno.test("one layer reaches to the end, as far as it sees, or nowhere", async () => {
  const tiny = await models.tiny.load(); // one layer, nine positions
  assertEquals(await reach(tiny), { reach: [8], end: 8, off: 5 });
  assertEquals(await reach(slidingWindow(4).apply(tiny)), { reach: [3], end: 8, off: 0 });
  assertEquals(await reach(selfOnlyHeads.apply(tiny)), { reach: [0], end: 8, off: 3 });
});

Deno.test("what rounding swallows on the way is followed layer by layer", async () => {
  const sizes = { n_layers: 10, d_model: 12, n_heads: 2, d_head: 2, d_vocab: 20, n_ctx: 14 };
  const config = makeConfig({ ...sizes, tied: true });
  const model = makeModel("faint", config, initialWeights(config, 1)); // layers that add little
  const faint = slidingWindow(2).apply(model);
  const pair = { from: "tokens", to: "blocks.9.hook_resid_post" };
  const [moved] = await influences(faint, drawTokens(model)[0], [pair]);
  assertEquals([moved.at(0, 10), moved.at(0, 1) > 0], [0, true], "felt nearby, and not ten on");
  assertEquals(await reachByLayer(2)(faint), {
    reach: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    end: 13,
    off: 0,
  });
  const everySecond = slidingWindow(2, false).apply(model);
  assertGreater((await reachByLayer(2)(everySecond)).off, 0);
  assertEquals((await reachByLayer(2)(selfOnlyHeads.apply(model))).off, 10);
});
