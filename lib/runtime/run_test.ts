import "./testing/start.ts";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { buildGraph } from "../model/graph/build.ts";
import { type Axis, hooksOf } from "../model/hooks.ts";
import { oneOfEach, smallModel } from "../model/testing/small_models.ts";
import { assertSameBits } from "../tensor/testing/assert_same_bits.ts";
import { GraphSession } from "./session.ts";
import { releaseSessions } from "./pool.ts";
import { run } from "./run.ts";
import { assertSameRun, hookNames, runAll } from "./testing/run_all.ts";
import { feedTokens } from "./tokens.ts";

const MODELS = oneOfEach();
const DEEP = smallModel({ n_layers: 2, tied: true });
const TOKENS = [[1, 2, 3, 4, 5], [10, 0, 7, 7, 2]];

Deno.test.afterAll(releaseSessions);

Deno.test("every hook has the axes of the table, in every scheme", async () => {
  for (const model of [...MODELS, DEEP, smallModel({ n_layers: 0 })]) {
    const { n_heads, d_model, d_head, d_mlp, d_vocab } = model.config;
    const sizes = { head: n_heads, one: 1, d_model, d_head, d_mlp, d_vocab };
    const lengths: Record<Axis, number> = { ...sizes, batch: 2, pos: 5, query: 5, key: 5 };
    const activations = await runAll(model, TOKENS);
    for (const { name, axes } of hooksOf(model.config)) {
      const expected = axes.map((axis) => lengths[axis]);
      assertEquals([...activations.get(name).shape], expected, `${model.name}: ${name}`);
    }
  }
});

Deno.test("asking for fewer hooks, or none, gives the same bits", async () => {
  for (const model of MODELS) {
    const all = await runAll(model, TOKENS);
    assertSameBits((await run(model, TOKENS)).logits, all.logits, `${model.name}: logits alone`);
    // A graph in which only the logits are outputs may be simplified as the runtime likes.
    const session = await GraphSession.open(buildGraph(model), ["logits"]);
    const { logits } = await session.run({ tokens: feedTokens(model.config, TOKENS) });
    await session.release();
    assertSameBits(logits, all.logits, `${model.name}: nothing else exposed`);
  }
});

Deno.test("a hook that was not asked for is not there, and one that does not exist is refused", async () => {
  const [model] = MODELS;
  const activations = await run(model, TOKENS, { hooks: ["hook_embed"] });
  assertThrows(
    () => activations.get("hook_pos_embed"),
    RangeError,
    `The run did not keep "hook_pos_embed": ask for it in hooks; it kept hook_embed, logits`,
  );
  assertThrows(() => activations.get("toString"), RangeError, "did not keep", "an object's own");
  const wrong = { hooks: ["blocks.2.attn.hook_z"] };
  await assertRejects(
    () => run(model, TOKENS, wrong),
    RangeError,
    'No hook "blocks.2.attn.hook_z"',
  );
});

Deno.test("a row of a batch has the bits that it has alone", async () => {
  for (const model of MODELS) {
    const batch = await runAll(model, TOKENS);
    for (const [row, tokens] of TOKENS.entries()) {
      const alone = await runAll(model, [tokens]);
      for (const hook of hookNames(model)) {
        const what = `${model.name}: ${hook} of row ${row}`;
        assertSameBits(batch.get(hook).get(row), alone.get(hook).get(0), what);
      }
    }
  }
});

Deno.test("a model runs the same twice, and in two sessions", async () => {
  for (const model of [DEEP, MODELS[2]]) {
    const first = await runAll(model, TOKENS);
    assertSameRun(model, await runAll(model, TOKENS), first, "again");
    await releaseSessions();
    assertSameRun(model, await runAll(model, TOKENS), first, "in another session");
  }
});
