import { assert, assertEquals } from "@std/assert";
import { Decoder, run } from "../../runtime/mod.ts";
import { activations, broken, hook0 } from "../../runtime/testing/broken.ts";
import { maxDifference } from "../../tensor/compare.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { oneOfEach, smallModel } from "../testing/small_models.ts";
import { clampedPositions, noPositions, noRotation, restartedPositions } from "./positions.ts";

const TEXT = [1, 2, 3, 4, 5];

Deno.test("a model told no positions is the one that has none, of the same weights", async () => {
  const none = await activations(smallModel({ positions: "none" }));
  for (const model of oneOfEach().filter(({ config }) => config.positions !== "none")) {
    const { config, weights } = noPositions.apply(model);
    assertEquals(config, { ...model.config, positions: "none" }, `${model.name}: its config`);
    assertEquals("pos_embed.W_pos" in weights, false, `${model.name}: no table`);
    // A learned table shifts what is drawn after it: only the others have the weights of `none`.
    if (model.config.positions === "learned") continue;
    assertSameBits((await broken(noPositions, model)).logits, none.logits, model.name);
  }
});

Deno.test("with the rotation off, what is compared is what was there before it", async () => {
  const result = await broken(noRotation, smallModel({ positions: "rotary" }));
  for (const part of ["q", "k"]) {
    const [rotated, before] = [`attn.hook_rot_${part}`, `attn.hook_${part}`].map(hook0);
    assertSameBits(result.get(rotated), result.get(before), part);
  }
});

Deno.test("clamped positions change nothing inside the window and repeat its last row past it", async () => {
  const model = smallModel(); // n_ctx 8
  const clamped = clampedPositions.apply(model);
  const window = [...TEXT, 0, 10, 7];
  const { logits } = await run(model, [window]);
  assertSameBits((await run(clamped, [window])).logits, logits, "inside");
  const longer = [...window, 7, 7]; // the last token of the window again, twice
  const embedded = (await run(clamped, [longer], { hooks: ["hook_embed"] })).get("hook_embed");
  for (const p of [8, 9]) assertSameBits(embedded.get(0, p), embedded.get(0, 7), `position ${p}`);
});

Deno.test("fed at once a text has its positions; fed token by token all of them are the first", async () => {
  for (const positions of ["learned", "rotary"] as const) {
    const model = smallModel({ positions });
    const restarted = restartedPositions.apply(model);
    const whole = (await run(model, [TEXT])).logits;
    assertSameBits((await run(restarted, [TEXT])).logits, whole, `${positions}: fed at once`);
    const decoder = new Decoder(restarted);
    const steps: Tensor[] = [];
    for (const token of TEXT) steps.push(await decoder.step([[token]]));
    const moved = (p: number) => maxDifference(steps[p].get(0, 0), whole.get(0, p));
    // One row is multiplied in another order than several: logits of about 1 are rounded otherwise.
    assert(moved(0) < 1e-6, `${positions}: the first token moved by ${moved(0)}`);
    assert(moved(4) > 1e-2, `${positions}: the fifth moved by ${moved(4)}`);
  }
});

Deno.test("one repeated token, decoded without positions of its own, repeats its prediction", async () => {
  const decoder = new Decoder(restartedPositions.apply(smallModel()));
  const [first, second] = [await decoder.step([[3]]), await decoder.step([[3]])];
  // All keys and values are alike, so their mean is each of them, but for rounding.
  assert(maxDifference(first, second) < 1e-6, `moved by ${maxDifference(first, second)}`);
});
