/** What the sabotages of the stream's width do, beside a sound model. */
import "../../runtime/testing/start.ts";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { releaseSessions } from "../../runtime/mod.ts";
import { runAll } from "../../runtime/testing/run_all.ts";
import { maxDifference } from "../../tensor/compare.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { makeModel } from "../model.ts";
import { smallModel } from "../testing/small_models.ts";
import { neighbouringRow, streamAsWideAsTheVocabulary, throughTheVocabulary } from "./widths.ts";

const TOKENS = [[1, 2, 3, 4, 5], [10, 0, 7, 7, 2]];

Deno.test.afterAll(releaseSessions);

Deno.test("a stream as wide as the vocabulary computes the same, in more coordinates", async () => {
  const model = smallModel({ normalization: "none" }); // d_model 10, d_vocab 11
  const wide = streamAsWideAsTheVocabulary.apply(model);
  makeModel("wide", wide.config, wide.weights); // throws unless every parameter fits
  const [a, b] = [await runAll(model, TOKENS), await runAll(wide, TOKENS)];
  const stream = "blocks.0.hook_resid_mid";
  assertEquals([...b.get(stream).shape], [2, 5, 11], "a coordinate for each word");
  assertEquals([...b.get(stream).get(0, 3).data.slice(0, 10)], [...a.get(stream).get(0, 3).data]);
  assertEquals(b.get(stream).at(0, 3, 10), 0, "the new one is empty");
  // One more product, with zero, in sums of ten numbers of about 1: rounding at most.
  assert(maxDifference(a.logits, b.logits) < 1e-5, "the same logits");
});

Deno.test("a stream is not widened where it cannot be", () => {
  const { unfit } = streamAsWideAsTheVocabulary;
  const { config } = smallModel();
  assertEquals(unfit(config), undefined, "narrower than the vocabulary");
  const already = "its stream is as wide as its vocabulary already";
  assertEquals(unfit({ ...config, d_vocab: 10 }), already, "as wide");
  const waves = "its waves are spread over the whole width";
  assertEquals(unfit({ ...config, positions: "sinusoidal" }), waves, "sinusoidal");
});

Deno.test("a lookup of the neighbouring row is wrong for its token and sound for others", async () => {
  const model = smallModel();
  for (const [token, neighbour] of [[7, 8], [10, 0]]) {
    const broken = await runAll(neighbouringRow(token).apply(model), TOKENS);
    TOKENS.forEach((text, row) =>
      text.forEach((read, p) => {
        const expected = model.weights["embed.W_E"].get(read === token ? neighbour : read);
        assertSameBits(broken.get("hook_embed").get(row, p), expected, `token ${read}`);
      })
    );
  }
  assertEquals(neighbouringRow(11).unfit(model.config), "it has no token 11", "of eleven");
});

Deno.test("a detour through the vocabulary adds a mean of its rows, and keeps the shape", async () => {
  const model = smallModel();
  const hook = "blocks.0.hook_resid_post";
  const table = model.weights["embed.W_E"]; // [11, d_model]
  const sound = (await runAll(model, TOKENS)).get(hook).get(0, 2).data;
  const broken = (await runAll(throughTheVocabulary.apply(model), TOKENS)).get(hook).get(0, 2).data;
  const rows = Array.from({ length: table.shape[0] }, (_, word) => table.get(word).data);
  const weights = rows.map((row) => Math.exp(row.reduce((sum, x, i) => sum + x * sound[i], 0)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  broken.forEach((value, i) => {
    const added = rows.reduce((sum, row, word) => sum + row[i] * weights[word], 0) / total;
    assertAlmostEquals(value, sound[i] + added, 1e-5, `coordinate ${i}`); // sums of eleven products
  });
});
