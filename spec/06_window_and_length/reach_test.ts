import { assertEquals } from "@std/assert";
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
