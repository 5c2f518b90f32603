import "../../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { releaseSessions, run } from "../../runtime/mod.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import type { Model } from "../model.ts";
import { smallModel } from "../testing/small_models.ts";
import { normalisedQK, noRotation, rebasedQueries, sharedKeys, transposedQK } from "./keys.ts";

const TOKENS = [[1, 2, 3, 4, 5], [10, 0, 7, 7, 2]];
const SOUND = smallModel();

Deno.test.afterAll(releaseSessions);

const at = (what: string) => `blocks.0.attn.hook_${what}`;
const read = (model: Model, ...what: string[]) => run(model, TOKENS, { hooks: what.map(at) });

Deno.test("a transposed W_QK makes queries of what made keys, and the other way round", async () => {
  const sound = await read(SOUND, "q", "k", "v");
  const broken = await read(transposedQK.apply(SOUND), "q", "k", "v");
  assertSameBits(broken.get(at("q")), sound.get(at("k")), "queries");
  assertSameBits(broken.get(at("k")), sound.get(at("q")), "keys");
  assertSameBits(broken.get(at("v")), sound.get(at("v")), "values stay");
});

Deno.test("queries in another basis leave keys as they are", async () => {
  const [sound, broken] = [
    await read(SOUND, "q", "k"),
    await read(rebasedQueries.apply(SOUND), "q", "k"),
  ];
  assertNotEquals([...broken.get(at("q")).data], [...sound.get(at("q")).data], "queries");
  assertSameBits(broken.get(at("k")), sound.get(at("k")), "keys");
});

Deno.test("with the rotation off, what is compared is what was there before it", async () => {
  const model = smallModel({ positions: "rotary" });
  const broken = await read(noRotation.apply(model), "q", "k", "rot_q", "rot_k");
  assertSameBits(broken.get(at("rot_q")), broken.get(at("q")), "queries");
  assertSameBits(broken.get(at("rot_k")), broken.get(at("k")), "keys");
  assertEquals(noRotation.unfit(SOUND.config), "its positions are not rotary", "learned positions");
});

Deno.test("shared keys are the first head's, and each head asks for itself", async () => {
  const sound = await read(SOUND, "q", "k");
  const broken = await read(sharedKeys.apply(SOUND), "q", "k");
  for (let head = 0; head < SOUND.config.n_heads; head++) {
    for (let i = 0; i < SOUND.config.d_head; i++) {
      const first = sound.get(at("k")).at(1, 3, 0, i);
      assertEquals(broken.get(at("k")).at(1, 3, head, i), first, `head ${head}, coordinate ${i}`);
    }
  }
  assertSameBits(broken.get(at("q")), sound.get(at("q")), "queries");
  assertEquals(sharedKeys.unfit(smallModel({ n_heads: 1 }).config), "it has one head a layer");
});

Deno.test("normalised queries and keys have the root mean square 1 and the direction they had", async () => {
  const [sound, broken] = [
    await read(SOUND, "q", "k"),
    await read(normalisedQK.apply(SOUND), "q", "k"),
  ];
  for (const what of ["q", "k"]) {
    const [x, y] = [sound.get(at(what)).get(1, 3, 2).data, broken.get(at(what)).get(1, 3, 2).data];
    const size = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length);
    x.forEach((value, i) =>
      assertAlmostEquals(y[i], value / size, 1e-6, `${what}, coordinate ${i}`)
    );
  }
});
