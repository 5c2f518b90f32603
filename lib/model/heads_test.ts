import { assertEquals } from "@std/assert";
import { headsOf } from "./heads.ts";
import { smallModel } from "./testing/small_models.ts";

Deno.test("heads come layer by layer", () => {
  assertEquals(headsOf(smallModel({ n_layers: 2 }).config).map((h) => `${h.layer}.${h.head}`), [
    ...["0.0", "0.1", "0.2"],
    ...["1.0", "1.1", "1.2"],
  ]);
  assertEquals(headsOf(smallModel({ n_layers: 0 }).config), [], "no layer");
});
