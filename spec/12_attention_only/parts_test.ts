import "../../lib/runtime/testing/give_back.ts";
import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import { linearity, partsOf, silenced, whoIsKnown } from "./parts.ts";

Deno.test("of one layer with LayerNorm what is not linear can be counted by hand", () => {
  const { foreign, bends, due } = partsOf(smallModel({ attn_only: true }));
  assertEquals(foreign, []);
  assertEquals(due, { Gather: 1, MatMul: 2, Softmax: 1, Mul: 2, Sqrt: 2, Div: 2 });
  assertEquals(bends, due);
  const { foreign: added } = partsOf(smallModel());
  assertEquals(added.slice(0, 2).toSorted(), ["ln2", "mlp"], "parameters");
  assertEquals(added.length > 2 && added.slice(2).every((hook) => /mlp/.test(hook)), true, "hooks");
});

Deno.test("an MLP that is left in is noticed, and all that are silenced are as good as none", async () => {
  const model = smallModel({ n_layers: 2 });
  assertEquals(await silenced()(model), { apart: 0 });
  assertGreater((await silenced(1)(model)).apart, 0.01);
});

Deno.test("without MLPs nothing bends but what was held", async () => {
  const model = smallModel({ n_layers: 2, attn_only: true });
  assertLess((await linearity(true)(model)).fromLinear, 1e-5);
  assertGreater((await linearity(false)(model)).fromLinear, 1e-3);
});

Deno.test("earlier tokens are known after one layer, of one layer by its logits", async () => {
  for (const n_layers of [0, 1, 2]) {
    const model = smallModel({ n_layers, attn_only: true });
    assertEquals((await whoIsKnown("before attention")(model)).later, 0, `${n_layers} layers`);
    const { later } = await whoIsKnown("after a layer")(model);
    assertEquals(later > 0, n_layers > 0, `${n_layers} layers`);
  }
});
