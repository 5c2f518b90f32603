import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { makeConfig } from "../../lib/model/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { inOtherCoordinates } from "./coordinates.ts";

const SIZES = { n_layers: 1, d_model: 12, n_heads: 3, d_vocab: 17, n_ctx: 9 };
const config = makeConfig({ ...SIZES, normalization: "none" });

Deno.test("writers and readers in new coordinates agree, readers alone do not", async () => {
  const model = await models.randomModel(config, 1).load();
  const both = await inOtherCoordinates(model, { writers: true });
  assertLess(both.apart, 1e-4);
  const readers = await inOtherCoordinates(model, { writers: false });
  assertGreater(readers.apart, 0.1);
  assertEquals(readers.moved, both.moved, "before the first block nothing but tables has written");
});
