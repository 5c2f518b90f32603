/** What taking out heads and MLPs leaves, at the hooks of models that are broken so. */
import "../../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { releaseSessions } from "../../runtime/mod.ts";
import { runAll } from "../../runtime/testing/run_all.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { smallModel } from "../testing/small_models.ts";
import { hiddenMlp, hiddenProduct, silentMlps, withoutHeads, withoutMlps } from "./heads.ts";

const SOUND = smallModel({ n_layers: 2 });
const TOKENS = [[1, 2, 3, 4, 5], [10, 0, 7, 7, 2]];
const Z = "blocks.0.attn.hook_z";

Deno.test.afterAll(releaseSessions);

Deno.test("heads that are taken out read zeros or their mean, and the others what they did", async () => {
  const sound = (await runAll(SOUND, TOKENS)).get(Z); // [batch, pos, head, d_head]
  const heads = [{ layer: 0, head: 2 }, { layer: 0, head: 0 }];
  const zero = (await runAll(withoutHeads(heads, "zero").apply(SOUND), TOKENS)).get(Z);
  const gone = await runAll(withoutHeads(heads).apply(SOUND), TOKENS);
  const places = [0, 1].flatMap((row) => [0, 1, 2, 3, 4].map((p) => [row, p] as const));
  for (const [row, p] of places) {
    const at = (x: Tensor, head: number) => x.get(row, p, head);
    assertSameBits(at(zero, 1), at(sound, 1), "head 1 stays");
    assertSameBits(at(gone.get(Z), 1), at(sound, 1), "head 1 stays");
    for (const head of [0, 2]) {
      assertSameBits(at(zero, head), Tensor.full([4]), `head ${head} to zero`);
      at(gone.get(Z), head).data.forEach((x, d) => {
        const all = places.map(([r, q]) => sound.at(r, q, head, d));
        const expected = all.reduce((sum, y) => sum + y, 0) / all.length;
        assertAlmostEquals(x, expected, 1e-6, `head ${head} to its mean, coordinate ${d}`);
      });
    }
  }
});

Deno.test("a head that is not there cannot be taken out", () => {
  for (const place of [{ layer: 2, head: 0 }, { layer: 0, head: 3 }]) {
    const message = `it has no head ${place.layer}.${place.head}`;
    assertThrows(() => withoutHeads([place]).apply(SOUND), RangeError, message);
  }
});

Deno.test("silent MLPs write zeros, but for the one that is left in", async () => {
  const sound = await runAll(SOUND, TOKENS);
  const all = await runAll(silentMlps().apply(SOUND), TOKENS);
  const hooks = ["blocks.0.hook_mlp_out", "blocks.1.hook_mlp_out"];
  for (const hook of hooks) {
    assertSameBits(all.get(hook), Tensor.full(sound.get(hook).shape), `${hook} is zero`);
  }
  const left = await runAll(silentMlps(0).apply(SOUND), TOKENS);
  assertSameBits(left.get(hooks[0]), sound.get(hooks[0]), "layer 0 is as it was");
  assertSameBits(left.get(hooks[1]), Tensor.full(sound.get(hooks[1]).shape), "layer 1 is zero");
});

Deno.test("without MLPs nothing of them is left, and everything else is", () => {
  const { config, weights } = withoutMlps.apply(SOUND);
  assertEquals(config, { ...SOUND.config, attn_only: true }, "its config");
  const gone = Object.keys(SOUND.weights).filter((name) => !(name in weights));
  const parts = ["ln2.w", "ln2.b", "mlp.W_in", "mlp.b_in", "mlp.W_out", "mlp.b_out"];
  const expected = [0, 1].flatMap((layer) => parts.map((part) => `blocks.${layer}.${part}`));
  assertEquals(gone, expected, "what is gone");
});

Deno.test("a hidden MLP adds the positive part of the stream behind the first block", async () => {
  const hook = "blocks.0.hook_resid_post";
  const sound = (await runAll(SOUND, TOKENS)).get(hook);
  const broken = (await runAll(hiddenMlp.apply(SOUND), TOKENS)).get(hook);
  assertSameBits(broken, sound.map((x) => x + Math.max(0, x)), "to the bit");
});

Deno.test("a hidden bilinear MLP adds the squares of the stream behind the first block", async () => {
  const hook = "blocks.0.hook_resid_post";
  const sound = (await runAll(SOUND, TOKENS)).get(hook);
  const broken = (await runAll(hiddenProduct.apply(SOUND), TOKENS)).get(hook);
  assertSameBits(broken, sound.map((x) => x + Math.fround(x * x)), "to the bit");
});
