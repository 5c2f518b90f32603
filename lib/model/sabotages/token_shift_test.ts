import { activations, broken, PLACES, SOUND } from "../../runtime/testing/broken.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { tokenShift } from "./token_shift.ts";
import { leakyMlp } from "./mlp.ts";

Deno.test("a leak adds the left neighbour times the strength, to the bit", async () => {
  const strength = 0.01;
  const cases = {
    "blocks.0.hook_mlp_out": leakyMlp(strength),
    "hook_embed": tokenShift("hook_embed", "an embedding", strength),
    "blocks.0.ln1.hook_scale": tokenShift("ln1.hook_scale", "a norm", strength),
  };
  for (const [hook, sabotage] of Object.entries(cases)) {
    const [sound, leaky] = [await activations(SOUND), await broken(sabotage)]
      .map((result) => result.get(hook));
    for (const [row, p] of PLACES) {
      const own = sound.get(row, p);
      const left = p > 0 ? sound.get(row, p - 1) : Tensor.full(own.shape);
      const expected = own.map((x, i) => x + Math.fround(Math.fround(strength) * left.data[i]));
      assertSameBits(leaky.get(row, p), expected, `${hook}, row ${row}, position ${p}`);
    }
  }
});
