/** What sabotages of the stream and of positions do, beside a sound model. */
import "../../runtime/testing/start.ts";
import { assertEquals } from "@std/assert";
import { releaseSessions } from "../../runtime/mod.ts";
import { runAll } from "../../runtime/testing/run_all.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { oneOfEach, smallModel } from "../testing/small_models.ts";
import { noPositions } from "./positions.ts";
import { fadingStream, overwrittenStream } from "./stream.ts";

const TOKENS = [[1, 2, 3, 4, 5]];
const [PRE, POST] = ["blocks.0.hook_resid_pre", "blocks.0.hook_resid_post"];

Deno.test.afterAll(releaseSessions);

Deno.test("a stream that fades loses a share of what came into the block, to the bit", async () => {
  const sound = await runAll(smallModel(), TOKENS);
  for (const share of [0.5, 0.01]) {
    const broken = await runAll(fadingStream(share).apply(smallModel()), TOKENS);
    const lost = sound.get(PRE).map((x) => Math.fround(share) * x);
    const expected = sound.get(POST).map((x, i) => x - lost.data[i]);
    assertSameBits(broken.get(POST), expected, `a share of ${share}`);
  }
});

Deno.test("a stream that is overwritten keeps what the block wrote and nothing else", async () => {
  const sound = await runAll(smallModel(), TOKENS);
  const broken = await runAll(overwrittenStream.apply(smallModel()), TOKENS);
  const expected = sound.get(POST).map((x, i) => x - sound.get(PRE).data[i]);
  assertSameBits(broken.get(POST), expected, "the stream after, less the stream before");
});

Deno.test("a model told no positions is the one that has none, of the same weights", async () => {
  const none = await runAll(smallModel({ positions: "none", d_model: 10 }), TOKENS);
  for (const model of oneOfEach().filter(({ config }) => config.positions !== "none")) {
    const broken = noPositions.apply(model);
    assertEquals(
      broken.config,
      { ...model.config, positions: "none" },
      `${model.name}: its config`,
    );
    assertEquals("pos_embed.W_pos" in broken.weights, false, `${model.name}: no table`);
    // A learned table shifts what is drawn after it: only the others have the weights of `none`.
    if (model.config.positions === "learned") continue;
    assertSameBits((await runAll(broken, TOKENS)).logits, none.logits, model.name);
  }
  const reason = noPositions.unfit(smallModel({ positions: "none" }).config);
  assertEquals(reason, "it has no positions", "nothing to leave out");
});
