import "../../lib/runtime/testing/give_back.ts";
import { assertAlmostEquals, assertGreater, assertLess } from "@std/assert";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import * as written from "./written.ts";

const model = smallModel({ attn_only: true });

Deno.test("of one layer, LayerNorm held, what is written is what is lost", async () => {
  assertLess((await written.lostIn("last")(model)).apart, 1e-5);
  assertGreater((await written.lostIn("last", { held: false })(model)).apart, 1e-3);
});

Deno.test("nor is there a shortfall while the last LayerNorm is held", async () => {
  const { written: wrote, lost, held } = await written.shortfall("ln_final")([model]);
  assertAlmostEquals(held, wrote, 1e-5);
  assertGreater(Math.abs(lost - wrote), 1e-5);
});
