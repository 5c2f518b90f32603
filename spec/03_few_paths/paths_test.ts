import "../../lib/runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { averages } from "../../lib/circuits/testing/models.ts";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import * as measure from "./measure.ts";

Deno.test("one spread lies above another by so many errors of both", () => {
  const [one, other] = [{ effective: 2, error: 3 }, { effective: 12, error: 4 }];
  assertAlmostEquals(measure.errorsAbove(one, other), 10 / 5, 1e-12);
  assertAlmostEquals(measure.errorsAbove(other, one), -10 / 5, 1e-12);
});

Deno.test("paths and parts of averages sum to the logits, and not with some left out", async () => {
  const all = await measure.sumOfPaths()(averages(2));
  assertEquals(all.paths, 8, "four from the embedding, four from biases");
  assertLess(all.apart, 1e-6);
  for (const without of ["least", "biases"] as const) {
    assertGreater((await measure.sumOfPaths(without)(averages(2))).apart, 1e-3, without);
  }
  assertLess((await measure.sumOfParts()(averages(2))).apart, 1e-6);
  assertGreater((await measure.sumOfParts("head 1.0")(averages(2))).apart, 1e-3);
});

Deno.test("of one layer, LayerNorm held, what is written is what is lost", async () => {
  const model = smallModel({ attn_only: true });
  assertLess((await measure.lostIn("last")(model)).apart, 1e-5);
  assertGreater((await measure.lostIn("last", { held: false })(model)).apart, 1e-3);
});

Deno.test("a head split in parts does the same, in as many parts", async () => {
  const subject = {
    name: "small",
    origin: "built" as const,
    load: () => Promise.resolve(smallModel()),
  };
  const { whole, split } = await measure.inParts(subject, "equal shares").load();
  assertEquals(split.config.n_heads, measure.PARTS * whole.config.n_heads);
  const { apart, heads, parts } = await measure.splitting({ whole, split });
  assertLess(apart, 1e-5);
  assertEquals([heads.length, parts.length], [3, 9]);
});
