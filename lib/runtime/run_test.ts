import { assertRejects, assertThrows } from "@std/assert";
import { buildGraph } from "../model/graph/build.ts";
import { oneOfEach, smallModel } from "../model/testing/small_models.ts";
import { assertSameBits } from "../tensor/testing/assert_same_bits.ts";
import { releaseSessions } from "./pool.ts";
import { run } from "./run.ts";
import { GraphSession } from "./session.ts";
import { activations, TEXTS } from "./testing/broken.ts";
import { EVEN } from "./testing/even.ts";
import { assertSameRun, hookNames, runAll } from "./testing/run_all.ts";
import { checkTokens } from "../model/tokens.ts";

const MODELS = oneOfEach();
const DEEP = smallModel({ n_layers: 2, tied: true });

Deno.test("asking for fewer hooks, or none, gives the same bits", async () => {
  for (const model of MODELS) {
    const all = (await activations(model)).logits;
    assertSameBits((await run(model, TEXTS)).logits, all, `${model.name}: logits alone`);
    // A graph in which only the logits are outputs may be simplified as the runtime likes.
    const session = await GraphSession.open(buildGraph(model), ["logits"]);
    const { logits } = await session.run({ tokens: checkTokens(model.config, TEXTS) });
    await session.release();
    assertSameBits(logits, all, `${model.name}: nothing else exposed`);
  }
});

Deno.test("a hook that was not asked for is not there, and one that does not exist is refused", async () => {
  const [model] = MODELS;
  const kept = await run(model, TEXTS, { hooks: ["hook_embed"] });
  const message =
    `The run did not keep "hook_pos_embed": ask for it in hooks; it kept hook_embed, logits`;
  assertThrows(() => kept.get("hook_pos_embed"), RangeError, message);
  assertThrows(() => kept.get("toString"), RangeError, "did not keep", "an object's own");
  const wrong = () => run(model, TEXTS, { hooks: ["blocks.2.attn.hook_z"] });
  await assertRejects(wrong, RangeError, 'No hook "blocks.2.attn.hook_z"');
});

Deno.test("a row of a batch has the bits that it has alone", async () => {
  for (const model of oneOfEach({ d_model: EVEN })) {
    for (const [row, tokens] of TEXTS.entries()) {
      const alone = await runAll(model, [tokens]);
      for (const hook of hookNames(model)) {
        const batch = (await activations(model)).get(hook);
        assertSameBits(batch.get(row), alone.get(hook).get(0), `${model.name}: ${hook} of ${row}`);
      }
    }
  }
});

Deno.test("a model runs the same twice, and in two sessions", async () => {
  for (const model of [DEEP, MODELS[2]]) {
    const first = await runAll(model, TEXTS);
    assertSameRun(model, await runAll(model, TEXTS), first, "again");
    await releaseSessions();
    assertSameRun(model, await runAll(model, TEXTS), first, "in another session");
  }
});
