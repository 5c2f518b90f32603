import "../../lib/runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { selfOnlyHeads } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import * as reach from "./reach.ts";
import { copiers } from "./subjects.ts";

Deno.test("what whole texts gain is counted in all windows but the first", () => {
  assertEquals(reach.gained([[9, 4, 6], [9, 5, 5]], [[1, 3, 3], [1, 2, 4]]), { gain: 2, error: 0 });
});

Deno.test("heads that look only at themselves reach nowhere back and gain nothing", async () => {
  const nope = selfOnlyHeads.apply(await models.trainedModel("nope/1").load());
  const pair = { base: nope, longer: nope };
  const { distances, moved, near, far, own } = await reach.reachBack(pair);
  assertEquals(distances, [1, 4, 20, 40, 59, 60, 180]);
  assertEquals(own.distances, [1, 4, 20, 40, 59]);
  assertEquals([moved, near, far, own.far], [Array(7).fill(0), 0, 0, 0]);
  const { inside, beyond } = await reach.gains(pair);
  for (const { gain } of [inside, beyond]) assertAlmostEquals(gain, 0, 1e-5);
});

Deno.test("what is copied stands as far back as the block is long, and is worth a guess", async () => {
  const copier = await copiers[0].load();
  const { distances, moved, far, own } = await reach.reachBackInCopies(copier);
  assertEquals(distances, [1, 4, 20, 40]);
  assertEquals([far, own.far], [moved[3], own.moved[2]], "of the farthest");
  assertGreater(far, moved[2] + 1, "the one to be copied");
  const { inside, beyond } = await reach.gainsInCopies(copier);
  // At the best it would be the logarithm of how many words there are.
  assertGreater(beyond.gain, Math.log(480) - 1);
  // Of the pieces after the first, those from the first token that is said again on are copied.
  assertGreater(inside.gain, 1);
});
