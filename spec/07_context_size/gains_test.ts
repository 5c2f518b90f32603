import "../../lib/runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { selfOnlyHeads } from "../../lib/model/sabotages/mod.ts";
import * as gains from "./gains.ts";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import { copiers } from "./subjects.ts";

Deno.test("what whole texts gain is counted in all windows but the first", () => {
  const gained = gains.gained([[9, 4, 6], [9, 6, 6]], [[1, 3, 3], [1, 2, 2]]);
  assertEquals(gained, { gain: 3, atMost: 5 }, "two from one text, four from the other");
});

Deno.test("heads that look only at themselves gain nothing", async () => {
  const sizes = { d_vocab: 480, n_ctx: 240, positions: "none" } as const;
  const nope = selfOnlyHeads.apply(smallModel(sizes));
  const { inside, beyond } = await gains.gains({ base: nope, longer: nope });
  for (const { gain } of [inside, beyond]) assertAlmostEquals(gain, 0, 1e-5);
});

Deno.test("what can only be copied from far back is worth a guess", async () => {
  const { inside, beyond } = await gains.gainsInCopies(await copiers[0].load());
  // At the best it would be the logarithm of how many words there are.
  assertGreater(beyond.gain, Math.log(480) - 1);
  // Of the pieces after the first, those from the first token that is said again on are copied.
  assertGreater(inside.gain, 1);
});
