import { assertEquals, assertGreater } from "@std/assert";
import "../../lib/runtime/testing/give_back.ts";
import { modelOf } from "../../lib/circuits/testing/models.ts";
import { compareTwins } from "./twins.ts";

Deno.test("a model is no better and no worse than itself, and the error of that is none", async () => {
  const masked = modelOf({ n_layers: 1, d_model: 4, n_heads: 1, d_vocab: 480, n_ctx: 12 });
  const { gainLast, gainInside, error, maskedLast } = await compareTwins({
    masked,
    unmasked: masked,
  });
  assertEquals({ gainLast, gainInside, error }, { gainLast: 0, gainInside: 0, error: 0 });
  assertGreater(maskedLast, 0);
});
