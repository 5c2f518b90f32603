import { assertEquals } from "@std/assert";
import { activations, assertMade, broken, hook0, SOUND } from "../../runtime/testing/broken.ts";
import { sum, Tensor } from "../../tensor/mod.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { smallModel } from "../testing/small_models.ts";
import {
  hiddenBilinearMlp,
  hiddenMlp,
  limitedExperts,
  mixerMlp,
  positionedMlp,
  withoutMlps,
  zeroedMlps,
} from "./mlp.ts";

const sound = await activations(SOUND);
const DEEP = smallModel({ n_layers: 2 });
const MID = hook0("hook_resid_mid");

Deno.test("an MLP that knows its position gets it as a bias, to the bit", async () => {
  await assertMade(positionedMlp(0.1), "mlp.hook_pre", (own, { p }) => {
    return own.map((x) => x + Math.fround(Math.fround(0.1) * p));
  });
});

Deno.test("an MLP across positions mixes each coordinate of the stream along the text", async () => {
  const mix = (i: number, j: number) => Math.cos((i + 1) * (j + 1));
  const over = (term: (i: number) => number) => sum([0, 1, 2, 3, 4].map(term));
  // Sums of five numbers of about 1, twice, in single precision: some 1e-6.
  const result = await assertMade(mixerMlp, "hook_mlp_out", (own, { row, p }) =>
    own.map((_, d) => {
      const hidden = (unit: number) => over((q) => mix(unit, q) * sound.get(MID).at(row, q, d));
      return over((unit) => mix(unit, p) * Math.max(0, hidden(unit)));
    }), 1e-5);
  assertSameBits(result.get(MID), sound.get(MID), "attention is as it was");
});

Deno.test("experts serve the first tokens sent to them and leave the others out", async () => {
  for (const capacity of [1, 2, 5]) {
    let refused = 0;
    const served: Record<string, number> = {};
    await assertMade(limitedExperts(capacity), "hook_mlp_out", (own, { row, p }) => {
      const negative = sound.get(MID).at(row, p, 0) > 0;
      const expert = `row ${row}, ${negative ? "negative" : "plain"}`;
      served[expert] = (served[expert] ?? 0) + 1;
      if (served[expert] <= capacity) return own.map((x) => negative ? -x : x);
      refused++;
      return Tensor.full([10]);
    });
    assertEquals(refused > 0, capacity < 5, `${refused} refused with capacity ${capacity}`);
  }
});

Deno.test("silent MLPs write zeros, but for the one that is left in", async () => {
  const hooks = ["blocks.0.hook_mlp_out", "blocks.1.hook_mlp_out"];
  const [whole, all, left] = [
    await activations(DEEP),
    await broken(zeroedMlps(), DEEP),
    await broken(zeroedMlps(0), DEEP),
  ].map((result) => hooks.map((hook) => result.get(hook)));
  const zeros = Tensor.full(whole[0].shape);
  all.forEach((out, layer) => assertSameBits(out, zeros, `layer ${layer} is zero`));
  assertSameBits(left[0], whole[0], "layer 0 is as it was");
  assertSameBits(left[1], zeros, "layer 1 is zero");
});

Deno.test("without MLPs nothing of them is left, and everything else is", () => {
  const { config, weights } = withoutMlps.apply(DEEP);
  assertEquals(config, { ...DEEP.config, attn_only: true }, "its config");
  const gone = Object.keys(DEEP.weights).filter((name) => !(name in weights));
  const parts = ["ln2.w", "ln2.b", "mlp.W_in", "mlp.b_in", "mlp.W_out", "mlp.b_out"];
  const expected = [0, 1].flatMap((layer) => parts.map((part) => `blocks.${layer}.${part}`));
  assertEquals(gone, expected, "what is gone");
});

Deno.test("a hidden MLP adds to the stream behind the first block, to the bit", async () => {
  const hook = hook0("hook_resid_post");
  const stream = (await activations(DEEP)).get(hook);
  const positive = (await broken(hiddenMlp, DEEP)).get(hook);
  assertSameBits(positive, stream.map((x) => x + Math.max(0, x)), "its positive part");
  const squares = (await broken(hiddenBilinearMlp, DEEP)).get(hook);
  assertSameBits(squares, stream.map((x) => x + Math.fround(x * x)), "a bilinear one its squares");
});
