import { assertEquals, assertGreater } from "@std/assert";
import * as models from "../../fixtures/mod.ts";
import { guessesOnHeldOutText } from "./guesses.ts";

Deno.test("a model built to say back what it reads guesses each piece of the sentence again", async () => {
  const { pieces, best, sure, own } = await guessesOnHeldOutText(await models.echo.load());
  assertEquals(best, pieces);
  assertGreater(Math.min(own, ...sure), 0.99);
});
