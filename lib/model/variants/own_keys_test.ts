import "../../runtime/testing/give_back.ts";
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { run } from "../../runtime/mod.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { LLAMA, smallModel } from "../testing/small_models.ts";
import { ownKeys } from "./own_keys.ts";

const TEXT = [[1, 2, 3, 4, 5, 6]];
const hooks = ["k", "v", "pattern"].map((part) => `blocks.0.attn.hook_${part}`);

Deno.test("heads with copies of the keys and values that they shared compute the same", async () => {
  const model = smallModel({ ...LLAMA, biases: true }); // six heads, two keys
  const apart = ownKeys(model);
  assertEquals(apart.config.n_key_value_heads, 6);
  const [shared, own] = await Promise.all([model, apart].map((m) => run(m, TEXT, { hooks })));
  assertSameBits(own.logits, shared.logits, "logits");
  assertSameBits(own.get(hooks[2]), shared.get(hooks[2]), "patterns");
  for (const hook of hooks.slice(0, 2)) {
    for (let head = 0; head < 6; head++) {
      const given = own.get(hook).get(0, 3, head);
      assertSameBits(given, shared.get(hook).get(0, 3, Math.floor(head / 3)), `${hook}, ${head}`);
    }
  }
});

Deno.test("heads that share nothing stay as they are", () => {
  const model = smallModel();
  assertStrictEquals(ownKeys(model), model);
  assert(model.config.n_key_value_heads === model.config.n_heads);
});
