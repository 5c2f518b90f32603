import "../../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { makeConfig } from "../../model/config.ts";
import { makeModel } from "../../model/model.ts";
import { parameterShapes } from "../../model/params.ts";
import { selfOnlyHeads } from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { releaseSessions } from "../../runtime/pool.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { reach } from "./reach.ts";

const TEXTS = [[1, 0, 0, 1], [0, 1, 1, 1]];
const distances = [0, 1, 2, 3];

Deno.test.afterAll(releaseSessions);

Deno.test("an edit is felt as far as a head averages, and by as much as worked out by hand", async () => {
  // Two words, each a direction; one head copies the mean of all that it may see into the stream,
  // which the unembedding reads as it is: logits are the word itself plus each word's share.
  const sizes = { n_layers: 1, d_model: 2, n_heads: 1, d_vocab: 2, n_ctx: 4 };
  const config = makeConfig({
    ...sizes,
    positions: "none",
    normalization: "none",
    attn_only: true,
    biases: false,
  });
  const weights = Object.entries(parameterShapes(config)).map(([name, shape]) => {
    const copies = !/W_[QK]$/.test(name);
    return [name, Tensor.full(shape).map((_, i) => copies && i % 3 === 0 ? 1 : 0)];
  });
  const moved = await reach(makeModel("averaging", config, Object.fromEntries(weights)), TEXTS, {
    distances,
  });
  // Of [1, 0, 0, 1] the last logits are [2/4, 1 + 2/4]; with one of the first three edited they
  // are [1/4, 1 + 3/4] or [3/4, 1 + 1/4]; with the last itself edited [1 + 3/4, 1/4].
  const kl = (margin: number, edited: number) => {
    const [p, q] = [margin, edited].map((x) => 1 / (1 + Math.exp(-x)));
    return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
  };
  const edits = [[-1.5, 1.5, 1.5, 0.5], [-1, 1, 1, 2]]; // [text][distance], the margins once edited
  const margins = [1, 1.5];
  distances.forEach((distance) => {
    const expected = (kl(margins[0], edits[0][distance]) + kl(margins[1], edits[1][distance])) / 2;
    assertAlmostEquals(moved[distance], expected, 1e-6, `${distance} back`);
  });
});

Deno.test("heads that look only at themselves feel the last token and no other", async () => {
  const [own, ...others] = await reach(selfOnlyHeads.apply(smallModel()), TEXTS, { distances });
  assertGreater(own, 0, "its own");
  assertEquals(others, [0, 0, 0], "to the bit");
});

Deno.test("a distance that leads out of the text is refused", async () => {
  for (const distance of [4, -1, 0.5]) {
    const message = `a whole number from 0 to 3 is required, got ${distance}`;
    await assertRejects(
      () => reach(smallModel(), TEXTS, { distances: [distance] }),
      RangeError,
      message,
    );
  }
});
