import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { activations, broken, hook0, SOUND } from "../../runtime/testing/broken.ts";
import { dot } from "../../tensor/arithmetic.ts";
import { maxDifference } from "../../tensor/compare.ts";
import { sum } from "../../tensor/statistics.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { makeModel } from "../model.ts";
import { smallModel } from "../testing/small_models.ts";
import {
  fadingStream,
  overwrittenStream,
  streamAsWideAsTheVocabulary,
  throughTheVocabulary,
} from "./stream.ts";

const [PRE, POST] = ["hook_resid_pre", "hook_resid_post"].map(hook0);

Deno.test("a stream that fades or is overwritten loses that share of what came in, to the bit", async () => {
  const sound = await activations(SOUND);
  for (
    const [share, sabotage] of [
      [0.5, fadingStream(0.5)],
      [0.01, fadingStream(0.01)],
      [1, overwrittenStream],
    ] as const
  ) {
    const lost = sound.get(PRE).map((x) => Math.fround(share) * x);
    const expected = sound.get(POST).map((x, i) => x - lost.data[i]);
    assertSameBits((await broken(sabotage)).get(POST), expected, `a share of ${share}`);
  }
});

Deno.test("a stream as wide as the vocabulary computes the same, in more coordinates", async () => {
  const model = smallModel({ normalization: "none" }); // d_model 10, d_vocab 11
  const wide = streamAsWideAsTheVocabulary.apply(model);
  makeModel("wide", wide.config, wide.weights); // throws unless every parameter fits
  const [a, b] = [await activations(model), await activations(wide)];
  const [narrow, filled] = [a, b].map((result) => result.get(hook0("hook_resid_mid")));
  assertEquals(filled.shape, [2, 5, 11], "a coordinate for each word");
  assertEquals([...filled.get(0, 3).data.slice(0, 10)], [...narrow.get(0, 3).data]);
  assertEquals(filled.at(0, 3, 10), 0, "the new one is empty");
  // One more product, with zero, in sums of ten numbers of about 1: rounding at most.
  assert(maxDifference(a.logits, b.logits) < 1e-5, "the same logits");
});

Deno.test("a detour through the vocabulary adds a mean of its rows, and keeps the shape", async () => {
  const table = SOUND.weights["embed.W_E"]; // [11, d_model]
  const [before, after] = [await activations(SOUND), await broken(throughTheVocabulary)]
    .map((result) => result.get(POST).get(0, 2).data);
  const rows = Array.from({ length: table.shape[0] }, (_, word) => table.get(word).data);
  const weights = rows.map((row) => Math.exp(dot(row, before)));
  after.forEach((value, i) => {
    const added = dot(rows.map((row) => row[i]), weights) / sum(weights);
    assertAlmostEquals(value, before[i] + added, 1e-5, `coordinate ${i}`); // sums of eleven products
  });
});
