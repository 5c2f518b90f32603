import "../../lib/runtime/testing/give_back.ts";
import { assertEquals, assertLess } from "@std/assert";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import * as heads from "./heads.ts";

Deno.test("a head split in parts does the same, in as many parts", async () => {
  const subject = {
    name: "small",
    origin: "built" as const,
    load: () => Promise.resolve(smallModel()),
  };
  const { whole, split } = await heads.inParts(subject, "equal shares").load();
  assertEquals(split.config.n_heads, heads.PARTS * whole.config.n_heads);
  const { apart, heads: before, parts } = await heads.splitting({ whole, split });
  assertLess(apart, 1e-5);
  assertEquals([before.length, parts.length], [3, 9]);
});

Deno.test("a model beside itself has no wider and no narrower", async () => {
  const model = smallModel();
  const { fall, shuffledFall, seeds, widths } = await heads.byWidth()([model, model, model, model]);
  assertEquals([fall, shuffledFall, seeds], [0, 0, 0]);
  assertEquals(new Set(widths), new Set([model.config.d_model]));
});
