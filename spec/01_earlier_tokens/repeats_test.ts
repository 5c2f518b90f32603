import { assertEquals, assertGreater, assertLess } from "@std/assert";
import * as models from "../../fixtures/mod.ts";
import { saidTwice, SECONDS } from "./repeats.ts";

Deno.test("the second block is the first, its tokens shuffled, or others", async () => {
  const model = await models.trainedModel("attn-2l/1").load();
  for (const [name, rowsOf] of Object.entries(SECONDS)) {
    for (const row of await rowsOf(model)) {
      const [first, second] = [row.slice(0, row.length / 2), row.slice(row.length / 2)];
      const common = second.filter((token) => first.includes(token)).length;
      assertEquals(common, name === "others" ? 0 : second.length, name);
      assertEquals(`${first}` === `${second}`, name === "same" || name === "prose", name);
    }
  }
});

Deno.test("what says back its own token is wrong both times", async () => {
  const { first, again } = await saidTwice(await models.echo.load());
  assertGreater(Math.min(first, again), 24);
  assertLess(Math.abs(first - again), 1e-3);
});
