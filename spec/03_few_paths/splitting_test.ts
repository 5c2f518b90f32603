import "../../lib/runtime/testing/give_back.ts";
import { assertEquals, assertLess } from "@std/assert";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import { inParts, PARTS, splitting } from "./splitting.ts";

Deno.test("a head split in parts does the same, in as many parts", async () => {
  const subject = {
    name: "small",
    origin: "built" as const,
    load: () => Promise.resolve(smallModel()),
  };
  const { whole, split } = await inParts(subject, "equal shares").load();
  assertEquals(split.config.n_heads, PARTS * whole.config.n_heads);
  const { apart, heads: before, parts } = await splitting({ whole, split });
  assertLess(apart, 1e-5);
  assertEquals([before.length, parts.length], [3, 9]);
});
