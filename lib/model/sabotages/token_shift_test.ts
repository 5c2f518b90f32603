import { assertMade } from "../../runtime/testing/broken.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { leakyMlp } from "./mlp.ts";
import { tokenShift } from "./token_shift.ts";

Deno.test("a token shift adds the left neighbour times its strength, to the bit", async () => {
  const cases = {
    hook_mlp_out: leakyMlp(0.01),
    hook_embed: tokenShift("hook_embed", "an embedding", 0.01),
    "ln1.hook_scale": tokenShift("ln1.hook_scale", "a norm", 0.01),
    "attn.hook_k": tokenShift("hook_k", "a key", 0.01),
  };
  for (const [hook, sabotage] of Object.entries(cases)) {
    await assertMade(sabotage, hook, (own, { row, p, sound }) => {
      const left = p > 0 ? sound.get(row, p - 1) : Tensor.full(own.shape);
      return own.map((x, i) => x + Math.fround(Math.fround(0.01) * left.data[i]));
    });
  }
});
