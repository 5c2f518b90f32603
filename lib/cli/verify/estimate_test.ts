import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { gpt2Small, llama1B, makeConfig } from "../../model/mod.ts";
import { estimate, tooLarge } from "./estimate.ts";

Deno.test("a model of GPT-2 small's size fits, in what was seen of it", () => {
  const found = estimate(gpt2Small);
  assertEquals(found.parameters, 124_439_808);
  assertGreater(found.memory, 3.2e9);
  assertEquals(tooLarge(found), undefined);
});

Deno.test("one that cannot fit is refused before its weights are read, with numbers", () => {
  const wide = makeConfig({
    ...gpt2Small,
    d_model: 1024,
    n_heads: 16,
    n_key_value_heads: 16,
    n_layers: 24,
    d_head: 64,
    d_mlp: 4096,
  });
  assertEquals(
    tooLarge(estimate(wide)),
    "it has 354.8 million parameters and may need 9.5 GB; the runtime's memory ends at 4.3 GB",
  );
  const reason = tooLarge(estimate(llama1B))!;
  assertGreater(reason.indexOf("is the most that one graph can hold"), 0);
});

Deno.test("layers without end are refused as soon as a few", () => {
  const endless = makeConfig({ n_layers: 1e15, d_model: 8, n_heads: 2, d_vocab: 11, n_ctx: 9 });
  assertGreater(tooLarge(estimate(endless))!.indexOf("is the most that one graph can hold"), 0);
});

Deno.test("a small one takes some seconds", () => {
  const small = makeConfig({ n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 11, n_ctx: 9 });
  assertLess(estimate(small).seconds, 30);
});
