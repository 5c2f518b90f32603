import { assertAlmostEquals, assertThrows } from "@std/assert";
import {
  activations,
  assertMade,
  broken,
  hook0,
  PLACES,
  SOUND,
} from "../../runtime/testing/broken.ts";
import { mean, Tensor } from "../../tensor/mod.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { reluValues, withoutHeads } from "./heads.ts";

const Z = hook0("attn.hook_z");

Deno.test("heads that are taken out read zeros or their mean, and the others what they did", async () => {
  const heads = [{ layer: 0, head: 2 }, { layer: 0, head: 0 }];
  const [sound, zero, gone] = [
    await activations(SOUND),
    await broken(withoutHeads(heads, "zero")),
    await broken(withoutHeads(heads)),
  ].map((result) => result.get(Z)); // [batch, pos, head, d_head]
  for (const [row, p] of PLACES) {
    assertSameBits(zero.get(row, p, 1), sound.get(row, p, 1), "head 1 stays");
    assertSameBits(gone.get(row, p, 1), sound.get(row, p, 1), "head 1 stays");
    for (const head of [0, 2]) {
      assertSameBits(zero.get(row, p, head), Tensor.full([4]), `head ${head} to zero`);
      gone.get(row, p, head).data.forEach((x, d) => {
        const expected = mean(PLACES.map(([r, q]) => sound.at(r, q, head, d)));
        assertAlmostEquals(x, expected, 1e-6, `head ${head} to its mean, coordinate ${d}`);
      });
    }
  }
});

Deno.test("a head that is not there cannot be taken out", () => {
  for (const place of [{ layer: 1, head: 0 }, { layer: 0, head: 3 }]) {
    const message = `it has no head ${place.layer}.${place.head}`;
    assertThrows(() => withoutHeads([place]).apply(SOUND), RangeError, message);
  }
});

Deno.test("values through a ReLU have no negative number", async () => {
  await assertMade(reluValues, "attn.hook_v", (own) => own.map((x) => Math.max(0, x)));
});
