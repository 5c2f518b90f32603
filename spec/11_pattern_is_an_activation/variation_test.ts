import { assertEquals, assertGreater } from "@std/assert";
import { zeroQueries } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { variation } from "./variation.ts";

Deno.test("heads that ask nothing move no weight, shuffled or not, and those before training do", async () => {
  const model = zeroQueries.apply(await models.trainedModel("learned/1").load());
  const { trained, shuffled, before } = await variation([model, model]);
  for (const { least, most, clear } of [trained, shuffled]) {
    assertEquals([least, most, clear], [0, 0, 0]);
  }
  assertGreater(before, 0);
});
