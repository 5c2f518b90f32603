import { assertEquals } from "@std/assert";
import { selfOnlyHeads, slidingWindow } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { reachByLayer } from "./reach.ts";

Deno.test("one layer reaches to the end, as far as it sees, or nowhere", async () => {
  const tiny = await models.tiny.load(); // one layer, nine positions
  assertEquals(await reachByLayer(tiny), { reach: [8], end: 8 });
  assertEquals(await reachByLayer(slidingWindow(4).apply(tiny)), { reach: [3], end: 8 });
  assertEquals(await reachByLayer(selfOnlyHeads.apply(tiny)), { reach: [0], end: 8 });
});
