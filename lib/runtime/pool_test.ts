import "./testing/give_back.ts";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { assertSpyCalls, spy } from "@std/testing/mock";
import { buildGraph, type BuildOptions, type Model, parameterCount } from "../model/mod.ts";
import { encode } from "../onnx/mod.ts";
import { sabotage } from "../model/sabotages/sabotage.ts";
import { smallModel } from "../model/testing/small_models.ts";
import { assertSameBits } from "../tensor/testing/assert_same_bits.ts";
import { Tensor } from "../tensor/tensor.ts";
import { partsOf } from "./parts.ts";
import { GraphSession, openSessions } from "./session.ts";
import { type EncodedGraph, releaseSessions, SessionPool } from "./pool.ts";
import { run } from "./run.ts";

const TOKENS = { integers: [1, 2, 3], shape: [1, 3] };
/** Models without blocks, a token longer each: of as many graphs. */
const graphOf = (model: Model, options: BuildOptions) => partsOf(model, options)[0].graph;
const shapes = (count: number) =>
  Array.from({ length: count }, (_, i) => smallModel({ n_layers: 0, d_vocab: 11 + i }));

async function ask(pool: SessionPool, model: Model, options: BuildOptions = {}): Promise<Tensor> {
  const feeds = { ...model.weights, tokens: TOKENS };
  return (await pool.run(graphOf(model, options), feeds, ["logits"])).logits;
}

/** A graph whose session keeps the weights of a model. */
function storing(model: Model): EncodedGraph {
  const [graph, outputs] = [buildGraph(model, { feedWeights: true }), ["logits"]];
  const constants = model.weights;
  return {
    bytes: encode(graph, outputs),
    outputs,
    stored: {
      weights: Object.values(constants),
      encode: () => encode(graph, outputs, { constants }),
    },
  };
}

/** A test with a pool of its own; `open` counts the sessions that it has opened and not released. */
async function withPool(
  keep: number,
  test: (pool: SessionPool, open: () => number) => Promise<void>,
  room?: number,
): Promise<void> {
  const before = openSessions();
  const pool = new SessionPool(keep, room);
  await test(pool, () => openSessions() - before).finally(() => pool.release());
  assertEquals(openSessions(), before, "every session was given back");
}

Deno.test("models of one shape share a session, however many ask at once, each with its weights", () =>
  withPool(8, async (pool, open) => {
    const models = [1, 2, 3].map((seed) => smallModel({ n_layers: 0 }, seed));
    const alone: Tensor[] = [];
    for (const model of models) alone.push(await ask(pool, model));
    const together = await Promise.all([...models, ...models].map((model) => ask(pool, model)));
    together.forEach((logits, i) => assertSameBits(logits, alone[i % 3], `run ${i}`));
    assertEquals(new Set(together.map(({ data }) => `${data}`)).size, 3, "each its own");
    assertEquals(open(), 1, "one session for all");
  }));

Deno.test("one way of building a model has one session, another way another", () =>
  withPool(8, async (pool, open) => {
    const model = smallModel({ n_layers: 0 });
    const ways = [{}, { intervene: [] }, { past: false }];
    await Promise.all([...ways, ...ways].map((way) => ask(pool, model, way)));
    assertEquals(open(), 1, "ways that come to the same");
    await ask(pool, model, { tokens: [1, 3] });
    assertEquals(open(), 2, "another way");
    const same = { intervene: ["hook_embed", "logits"] };
    const turned = { intervene: ["logits", "hook_embed"] };
    assertEquals(graphOf(model, same), graphOf(model, turned), "hooks in another order");
  }));

Deno.test("a pool keeps the sessions used last and releases the others", () =>
  withPool(3, async (pool, open) => {
    const [all, original] = [shapes(4), GraphSession.of];
    for (const model of all.slice(0, 3)) await ask(pool, model);
    await ask(pool, all[0]); // used again: now the second is the oldest
    await ask(pool, all[3]);
    assertEquals(open(), 3, "no more than these wait");
    const opening = spy(GraphSession.of);
    GraphSession.of = opening;
    try {
      for (const model of [all[0], all[2], all[3]]) await ask(pool, model);
      assertSpyCalls(opening, 0); // these three were kept
      await ask(pool, all[1]);
      assertSpyCalls(opening, 1); // and this one was not
    } finally {
      GraphSession.of = original;
    }
  }));

const SIZE = parameterCount(smallModel({ n_layers: 0 }).config).total;

Deno.test("sessions that keep weights are released for want of room, those used last kept", () =>
  withPool(8, async (pool, open) => {
    const models = [1, 2, 3].map((seed) => smallModel({ n_layers: 0 }, seed));
    const graphs = models.map(storing);
    const ask = async (i: number) =>
      (await pool.run(graphs[i], { tokens: TOKENS }, ["logits"])).logits;
    const all = [await ask(0), await ask(1)];
    assertEquals(open(), 2, "each with its own weights, for which there is room");
    assertSameBits(await ask(0), all[0], "used again");
    assertEquals(new Set([...all, await ask(2)].map(({ data }) => `${data}`)).size, 3);
    assertEquals(open(), 2, "the second, used before the others, made room for the third");
    assertSameBits(await ask(1), all[1], "opened anew");
    const large = storing(smallModel({ n_layers: 0, d_vocab: 60 }));
    const { logits } = await pool.run(large, { tokens: TOKENS }, ["logits"]);
    assertEquals([logits.shape, open()], [[1, 3, 60], 0], "what has no room at all is not kept");
  }, 2 * SIZE));

Deno.test("more shapes at once than are kept all get their answer", () =>
  withPool(3, async (pool, open) => {
    const results = await Promise.all(shapes(5).map((model) => ask(pool, model)));
    assertEquals(results.map(({ shape }) => shape[2]), [11, 12, 13, 14, 15], "each its own");
    assertEquals(open(), 3, "the rest were released afterwards");
  }));

Deno.test("sessions released while they are used let it finish", () =>
  withPool(8, async (pool, open) => {
    const model = smallModel({ n_layers: 0 });
    const expected = await ask(pool, model);
    const running = [ask(pool, model), ask(pool, shapes(2)[1])]; // one waits, one is being opened
    await pool.release();
    assertEquals(open(), 0, "all released");
    assertSameBits((await Promise.all(running))[0], expected, "a result");
  }));

Deno.test("a graph that cannot be opened leaves nothing behind and can be tried again", () =>
  withPool(8, async (pool, open) => {
    const odd = sabotage({
      name: "odd",
      description: "Refused by the runtime.",
      rewrite: (name, value, { g }) =>
        name === "logits" ? g.op("NoSuchOperation", [value], value.shape) : value,
    }).apply(smallModel({ n_layers: 0 }));
    for (const attempt of [ask(pool, odd), ask(pool, odd)]) {
      await assertRejects(() => attempt, Error, "NoSuchOperation", "refused by the runtime");
    }
    assertEquals(open(), 0, "nothing was opened");
    await assertRejects(() => ask(pool, odd), Error, "NoSuchOperation", "and again");
    const bare = { ...smallModel({ n_layers: 0 }), weights: {} };
    await assertRejects(() => ask(pool, bare), Error, 'input "embed.W_E" is missing');
    assert(await ask(pool, smallModel({ n_layers: 0 })) instanceof Tensor, "others go on");
    assertEquals(open(), 1, "only the one that works");
  }));

Deno.test("what could not be opened does not take the place of what was opened after it", () =>
  withPool(8, async (pool) => {
    const graph = storing(smallModel({ n_layers: 0 }));
    let tries = 0;
    // As where memory was short, and then was not: the same graph cannot be opened, and then it can.
    const encode = () => tries++ === 0 ? Uint8Array.of(1) : graph.stored!.encode();
    const flaky = { ...graph, stored: { ...graph.stored!, encode } };
    const asked = () => pool.run(flaky, { tokens: TOKENS }, ["logits"]);
    const failed = assertRejects(asked);
    await Promise.all([pool.release(), failed, asked()]);
    await asked();
    assertEquals(tries, 2, "the second was opened once, and kept");
  }));

Deno.test("runs share a pool, which is emptied by one call", async () => {
  await releaseSessions();
  const before = openSessions();
  await run(smallModel({ n_layers: 0 }, 1), [[1, 2, 3]]);
  await run(smallModel({ n_layers: 0 }, 2), [[1, 2, 3]]);
  assertEquals(openSessions(), before + 1, "one session");
  await releaseSessions();
  assertEquals(openSessions(), before, "none");
});
