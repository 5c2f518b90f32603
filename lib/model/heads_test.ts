import { assertEquals } from "@std/assert";
import { makeConfig } from "./config.ts";
import { headsOf, keyHeadOf } from "./heads.ts";

const CONFIG = makeConfig({ n_layers: 2, d_model: 6, n_heads: 6, d_vocab: 11, n_ctx: 5 });

Deno.test("heads are numbered in each layer", () => {
  const numbers = headsOf({ ...CONFIG, n_heads: 2 }).map(({ layer, head }) => [layer, head]);
  assertEquals(numbers, [[0, 0], [0, 1], [1, 0], [1, 1]]);
});

Deno.test("heads share keys and values with their neighbours, in groups of one size", () => {
  const keys = (n_key_value_heads: number) =>
    [0, 1, 2, 3, 4, 5].map((head) => keyHeadOf({ ...CONFIG, n_key_value_heads }, head));
  assertEquals(keys(6), [0, 1, 2, 3, 4, 5], "their own");
  assertEquals(keys(3), [0, 0, 1, 1, 2, 2], "two of each");
  assertEquals(keys(2), [0, 0, 0, 1, 1, 1], "three of each");
  assertEquals(keys(1), [0, 0, 0, 0, 0, 0], "one for all");
});
