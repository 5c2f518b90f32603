import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { activations, assertMade, hook0, SOUND } from "../../runtime/testing/broken.ts";
import { dot, maxDifference, sum } from "../../tensor/mod.ts";
import { makeModel } from "../model.ts";
import { gpt2Small } from "../presets.ts";
import { smallModel } from "../testing/small_models.ts";
import {
  fadingStream,
  overwrittenStream,
  streamAsWideAsTheVocabulary,
  throughTheVocabulary,
} from "./stream.ts";

Deno.test("a stream that fades or is overwritten loses that share of what came in, to the bit", async () => {
  const cases = [[0.5, fadingStream(0.5)], [0.01, fadingStream(0.01)], [
    1,
    overwrittenStream,
  ]] as const;
  const before = (await activations(SOUND)).get(hook0("hook_resid_pre"));
  for (const [share, sabotage] of cases) {
    await assertMade(sabotage, "hook_resid_post", (own, { row, p }) => {
      return own.map((x, i) => x - Math.fround(Math.fround(share) * before.at(row, p, i)));
    });
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
  const rows = Array.from({ length: table.shape[0] }, (_, word) => table.get(word).data);
  await assertMade(throughTheVocabulary, "hook_resid_post", (own) => {
    const weights = rows.map((row) => Math.exp(dot(row, own.data)));
    return own.map((x, i) => x + dot(rows.map((row) => row[i]), weights) / sum(weights));
  }, 1e-5); // sums of eleven products
});

Deno.test("no stream is made as wide as a vocabulary of many thousands", () => {
  // Times the width: in each of 12 layers 12 * 768, and 2 biases; 25 LayerNorms; and the tables.
  const count = 50257 * (12 * (12 * 768 + 2) + 2 * 25 + 1024 + 50257); // and 64,512 narrow biases
  const given = streamAsWideAsTheVocabulary.unfit(gpt2Small)!;
  const [millions] = /(?<=^so wide it would have )\d+(?= million parameters$)/.exec(given)!;
  assertAlmostEquals(Number(millions), count / 1e6, 1);
  assertEquals(streamAsWideAsTheVocabulary.unfit({ ...gpt2Small, d_vocab: 1000 }), undefined);
});
