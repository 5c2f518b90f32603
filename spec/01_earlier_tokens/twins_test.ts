import { assertEquals, assertGreater } from "@std/assert";
import * as models from "../../fixtures/mod.ts";
import { compareTwins } from "./twins.ts";

Deno.test("a model is no better and no worse than itself, and the error of that is none", async () => {
  const masked = await models.beforeTraining(models.trainedModel("learned/1")).load();
  const { gainLast, gainInside, error, maskedLast } = await compareTwins({
    masked,
    unmasked: masked,
  });
  assertEquals({ gainLast, gainInside, error }, { gainLast: 0, gainInside: 0, error: 0 });
  assertGreater(maskedLast, 0);
});
