import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import * as models from "../../fixtures/mod.ts";
import { freezing } from "./freezing.ts";

Deno.test("of an induction circuit built by hand, one head may be frozen and the other not", async () => {
  const model = await models.inductionByHand.load();
  const back = await freezing("previous-token head")(model);
  assertAlmostEquals(back.looks, 1, 1e-6);
  assertAlmostEquals(back.varies, 0, 1e-6);
  assertLess(back.share, 1e-3, "it looks at the same places in all texts");
  assertGreater(back.flattened, 1, "and is needed");
  const again = await freezing("induction head")(model);
  assertAlmostEquals(again.looks, 1, 1e-6);
  assertGreater(again.varies, 0.5, "blocks differ in length");
  assertGreater(again.share, 0.5, "a mean of several places is none of them");
  // One head of each kind: flattened together they are that one.
  assertAlmostEquals(back.together, back.flattened, 1e-6);
  assertAlmostEquals((await freezing("own-token head")(model)).together, 0, 1e-6, "there is none");
  const roles = back.heads.map(({ role }) => role);
  const idle = "another head"; // beside each stands one of zeros
  assertEquals(roles, ["previous-token head", idle, "induction head", idle]);
});
