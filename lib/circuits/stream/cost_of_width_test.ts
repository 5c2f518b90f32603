import { assertEquals, assertNotEquals } from "@std/assert";
import { makeConfig } from "../../model/mod.ts";
import { costOfWidth } from "./cost_of_width.ts";

const TINY = makeConfig({ n_layers: 2, d_model: 6, n_heads: 3, d_vocab: 11, n_ctx: 5 });

Deno.test("a tiny model's next dimension, by hand", () => {
  const { parameters, products, due, concatenated } = costOfWidth(TINY);
  // At widths 6 and 9: 2 * (12 * 36 + 13 * 6) + 12 + 16 * 6 + 11 * 7 and so on.
  assertEquals(parameters.counted.slice(0, 2), [1205, 2450]);
  assertEquals(parameters.formula, parameters.counted);
  assertEquals(parameters.next, (2450 - 1205) / 3);
  assertEquals(products.counted[0], 2 * (12 * 36 + 2 * 5 * 6) + 11 * 6);
  assertEquals([parameters.square, products.square, due], [24, 24, 24]);
  assertEquals(concatenated, 6 * 5, "the embedding and four outputs");
});

Deno.test("an unembedding of its own need have no bias, and a tied one costs nothing", () => {
  for (const changed of [{ unembed_bias: false }, { tied: true }]) {
    const { parameters } = costOfWidth({ ...TINY, ...changed });
    assertEquals(parameters.formula, parameters.counted);
  }
});

Deno.test("what stays as it is leaves the formula and the square behind", () => {
  for (const fixed of ["d_mlp", "d_head"] as const) {
    const { parameters, due } = costOfWidth(TINY, [fixed]);
    assertNotEquals(parameters.formula, parameters.counted, fixed);
    assertEquals(parameters.square, due - (fixed === "d_mlp" ? 16 : 8), fixed);
  }
});
