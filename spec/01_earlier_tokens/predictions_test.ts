import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { maskOpensHalfway, noCausalMask } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { movedByCutting, onePerPosition } from "./predictions.ts";

Deno.test("what says back its own token does not feel where a text ends", async () => {
  assertEquals(await movedByCutting(await models.echo.load()), { apart: 0 });
  const seesAll = noCausalMask.apply(await models.tiny.load());
  assertGreater((await movedByCutting(seesAll)).apart, 1e-3);
});

Deno.test("the end of a text is felt in the middle where hardly anything is at the end", async () => {
  const shallow = await models.trainedModel("depth-1/1").load(); // near its end it looks back
  assertGreater((await movedByCutting(maskOpensHalfway.apply(shallow))).apart, 1e-3);
});

Deno.test("each position has a logit for every token, and its own", async () => {
  const { shapes, apart } = await onePerPosition(await models.echo.load());
  assertEquals(shapes, [[1, 1, 480], [2, 3, 480], [3, 7, 480]]);
  assertAlmostEquals(apart, 25, 1e-3, "a token's own logit, which all others lack");
});
