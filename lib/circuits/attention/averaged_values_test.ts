import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { Random } from "../../tensor/mod.ts";
import { summingHeads, zeroQueries } from "../../model/sabotages/mod.ts";
import { LLAMA, smallModel } from "../../model/testing/small_models.ts";
import { averagedValues } from "./averaged_values.ts";

Deno.test("an average of n independent tokens fades as the root of n, and a sum does not", async () => {
  const model = zeroQueries.apply(smallModel({ positions: "none", n_ctx: 64 }));
  const random = new Random("independent");
  const texts = Array.from({ length: 40 }, () => random.integers(16, 11));
  const { reads, slope, uneven } = await averagedValues(model, texts);
  assertEquals(reads.map(({ n }) => n), [1, 2, 4, 8, 16], "powers of two");
  assertEquals(reads.map(({ n, share }) => n * share), [1, 1, 1, 1, 1], "one of n tokens");
  assertAlmostEquals(slope, -0.5, 0.06, "40 texts of a vocabulary of 11");
  assertEquals(uneven, 0, "scores of zero all make the same weight");
  const grouped = smallModel({ ...LLAMA, positions: "none", n_ctx: 64 });
  const fades = (await averagedValues(zeroQueries.apply(grouped), texts)).slope;
  assertAlmostEquals(fades, -0.5, 0.06, "where heads share values");
  const summed = await averagedValues(summingHeads.apply(model), texts);
  assertGreater(summed.slope, 0.3, "the sum grows instead");
  const same = await averagedValues(model, texts.map((row) => row.map(() => row[0])));
  assertAlmostEquals(same.slope, 0, 1e-6, "one token over and over is read as it is");
  const message = "a stream without positions is required, got learned";
  await assertRejects(() => averagedValues(smallModel(), texts), RangeError, message);
});
