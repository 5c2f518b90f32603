import { assertAlmostEquals } from "@std/assert";
import * as models from "../../fixtures/mod.ts";
import { indifferent } from "./subjects.ts";
import { fading, fadingInProse } from "./averages.ts";

Deno.test("a text that is one token over and over does not fade", async () => {
  const { strays, share } = await fading(
    await indifferent[0].load(),
    (row) => row.map(() => row[0]),
  );
  assertAlmostEquals(strays, 1, 0.5, "as far as one token, of twelve that were drawn");
  assertAlmostEquals(share, 1 / 64, 1e-6, "each place's weight");
});

Deno.test("windows of one token each stray as far as one token, eight times too far", async () => {
  const model = await models.trainedModel("nope/1").load();
  const first = (rows: number[][]) => rows.map((row) => row.map(() => row[0]));
  const { together, more } = await fadingInProse(model, first);
  assertAlmostEquals(together, 1, 0.15, "three hundred tokens, as far as all of them");
  assertAlmostEquals(more, 8 * together - 1, 1e-9, "beside an eighth, of 64 that are independent");
});
