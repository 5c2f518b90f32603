import "../../lib/runtime/testing/give_back.ts";
import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { transposedQK } from "../../lib/model/sabotages/mod.ts";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import { assertClose } from "../../lib/tensor/testing/assert_close.ts";
import { small } from "./subjects.ts";
import * as scores from "./scores.ts";

Deno.test("both ways of a model are one, and the small GPT's are shown side by side", async () => {
  const model = smallModel();
  assertLess((await scores.bothWays(model)).apart, scores.ROUNDING, "collapsed");
  assertGreater((await scores.bothWays(model, transposedQK.apply(model))).apart, 0.1, "transposed");
  const { tokens, pair, matrix } = await scores.bothWays(await small.load());
  assertEquals([pair.length, matrix.length], [tokens.length, tokens.length], "a score a token");
  assertClose(matrix, pair, 1e-4, "the same ones");
});

Deno.test("another basis moves queries and no scores, and the same one moves nothing", async () => {
  for (const positions of ["learned", "rotary"] as const) {
    const model = smallModel({ positions });
    const { apart, moved } = scores.sameScoresElsewhere;
    const other = await scores.rebased(model, scores.anyBasis(model));
    assertLess(other.apart, apart.below, "the same scores");
    assertGreater(other.moved, moved.above, "and other queries");
    const still = await scores.rebased(model, scores.sameBasis(model));
    assertEquals(still.others, still.keys, "the same keys");
    assertLess(still.moved, moved.above, "nothing was moved");
  }
});

Deno.test("one matrix serves all distances, unless positions turn queries and keys", async () => {
  const [plain, rotary] = [smallModel(), smallModel({ positions: "rotary" })];
  assertLess((await scores.byOneMatrix(plain)).apart, scores.ROUNDING, "one matrix");
  assertGreater((await scores.byOneMatrix(rotary)).apart, 0.01, "one is not enough");
  assertLess((await scores.byMatrices(rotary)).apart, scores.ROUNDING, "one for each distance is");
});

Deno.test("heads of their own keys have ranks of their own", async () => {
  const { apart, rank } = await scores.ranksTogether(smallModel({ n_heads: 2 }));
  assertLess(apart, scores.ROUNDING, "each collapses");
  assertEquals(rank, 8, "two heads of four");
});
