import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { parameterCount } from "../../model/mod.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { modelOf } from "../testing/models.ts";
import { lossesBySize } from "./loss_by_size.ts";

/** A model without layers whose every logit for token 0 is `bias`, all others 0. */
function constant(d_model: number, bias: number) {
  const sizes = { n_layers: 0, d_model, n_heads: 1, d_vocab: 3, n_ctx: 4 };
  return modelOf({ ...sizes, normalization: "none" }, { "unembed.b_U": [bias, 0, 0] });
}

Deno.test("losses, gains and what the next dimension buys, by hand", async () => {
  const { log } = Math;
  const text = [[1, 0, 0], [2, 0, 0]]; // always token 0 after the first
  const found = await lossesBySize([
    [constant(2, 0), constant(2, log(2))], // 1 of 3 and 2 of 4
    [constant(4, log(6)), constant(4, log(6))], // 6 of 8
  ], text);
  const expected = [log(3), log(2), log(4 / 3), log(4 / 3)];
  assertClose(found.sizes.flatMap(({ losses }) => losses), expected, 1e-6, "losses");
  assertEquals(found.sizes.map(({ width, layers }) => [width, layers]), [[2, 0], [4, 0]]);
  assertEquals(found.sizes[0].parameters, parameterCount(constant(2, 0).config).total);
  const fall = (log(3) + log(2)) / 2 - log(4 / 3);
  assertAlmostEquals(found.seeds, log(3 / 2), 1e-6, "the seeds of the first differ");
  assertAlmostEquals(found.gains[0].each, fall / 2, 1e-6, "two dimensions more");
  assertAlmostEquals(found.next[0], fall / log(2) / 2, 1e-6, "one doubling from width 2");
});
