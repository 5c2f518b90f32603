import "./testing/give_back.ts";
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Model } from "../model/model.ts";
import { sabotage } from "../model/sabotages/sabotage.ts";
import { smallModel } from "../model/testing/small_models.ts";
import { assertSameBits } from "../tensor/testing/assert_same_bits.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type GraphSession, openSessions } from "./session.ts";
import { releaseSessions, SessionPool, sessions } from "./pool.ts";
import { run } from "./run.ts";

const FEEDS = { tokens: { integers: [1, 2, 3], shape: [1, 3] } };
const models = (count: number) =>
  Array.from({ length: count }, (_, seed) => smallModel({ n_layers: 0 }, seed));
const logitsOf = async (session: GraphSession) => (await session.run(FEEDS, ["logits"])).logits;
const ask = (pool: SessionPool, model: Model) => pool.use(model, {}, logitsOf);

/** A test with a pool of its own; `open` counts the sessions that it has opened and not released. */
async function withPool(
  keep: number,
  test: (pool: SessionPool, open: () => number) => Promise<void>,
): Promise<void> {
  const before = openSessions();
  const pool = new SessionPool(keep);
  await test(pool, () => openSessions() - before).finally(() => pool.release());
  assertEquals(openSessions(), before, "every session was given back");
}

Deno.test("one model built in one way has one session, however many ask for it at once", () =>
  withPool(8, async (pool, open) => {
    const model = smallModel({ n_layers: 0 });
    const seen = new Set<GraphSession>();
    const note = (session: GraphSession) => Promise.resolve(seen.add(session));
    const ways = [{}, { intervene: [] }, { past: false }];
    await Promise.all([...ways, ...ways].map((variant) => pool.use(model, variant, note)));
    assertEquals([seen.size, open()], [1, 1], "ways that come to the same");
    await pool.use(model, { intervene: ["hook_embed", "logits"] }, note);
    await pool.use(model, { intervene: ["logits", "hook_embed"] }, note);
    assertEquals([seen.size, open()], [2, 2], "hooks in another order");
    await pool.use(model, { past: true }, note);
    await pool.use(model, { tokens: [1, 3] }, note);
    assertEquals([seen.size, open()], [4, 4], "other ways");
    await pool.use({ ...model }, {}, note);
    assertEquals([seen.size, open()], [5, 5], "an equal model is another model");
  }));

Deno.test("uses at once give what uses one after the other give", () =>
  withPool(8, async (pool, open) => {
    const all = models(3);
    const alone: Tensor[] = [];
    for (const model of all) alone.push(await ask(pool, model));
    await pool.release();
    const together = await Promise.all([...all, ...all].map((model) => ask(pool, model)));
    together.forEach((logits, i) => assertSameBits(logits, alone[i % 3], `use ${i}`));
    assertEquals(open(), 3, "one session for each model");
  }));

Deno.test("a pool keeps the sessions used last and releases the others", () =>
  withPool(3, async (pool, open) => {
    const all = models(4);
    for (const model of all.slice(0, 3)) await ask(pool, model);
    await ask(pool, all[0]); // used again: now the second is the oldest
    await ask(pool, all[3]);
    assertEquals(open(), 3, "no more than these wait");
    const opened: boolean[] = [];
    for (const model of [all[0], all[2], all[3], all[1]]) {
      const before = open();
      await pool.use(model, {}, () => Promise.resolve(opened.push(open() > before)));
    }
    assertEquals(opened, [false, false, false, true], "the second was released");
  }));

Deno.test("more models at once than are kept all get their answer", () =>
  withPool(3, async (pool, open) => {
    const results = await Promise.all(models(5).map((model) => ask(pool, model)));
    assertEquals(new Set(results.map(({ data }) => `${data}`)).size, 5, "each its own");
    assertEquals(open(), 3, "the rest were released afterwards");
  }));

Deno.test("sessions of large models can be released alone", () =>
  withPool(8, async (pool, open) => {
    const small = smallModel({ n_layers: 0, tied: true, positions: "none", normalization: "none" });
    const large = smallModel({ n_layers: 0 });
    await ask(pool, small);
    await ask(pool, large);
    await pool.release({ above: 110 }); // the small one has 11 rows of 10 numbers
    assertEquals(open(), 1, "one has more numbers than that");
    await ask(pool, small);
    assertEquals(open(), 1, "the small one was kept");
    await pool.release({ above: 109 });
    assertEquals(open(), 0, "now it is too large");
  }));

Deno.test("sessions released while they are used let it finish", () =>
  withPool(8, async (pool, open) => {
    const model = smallModel({ n_layers: 0 });
    const expected = await ask(pool, model);
    const running = [ask(pool, model), ask(pool, { ...model })]; // one waits, one is being opened
    await pool.release();
    assertEquals(open(), 0, "all released");
    for (const logits of await Promise.all(running)) assertSameBits(logits, expected, "a result");
  }));

Deno.test("a session asked for by a use of several runs is released after the last", () =>
  withPool(8, async (pool, open) => {
    let released: Promise<void> | undefined;
    const logits = await pool.use(smallModel({ n_layers: 0 }), {}, async (session) => {
      const first = await logitsOf(session);
      released = pool.release();
      for (let wait = 0; wait < 20; wait++) await Promise.resolve();
      return [first, await logitsOf(session)];
    });
    assertSameBits(logits[0], logits[1], "before and after somebody wants it released");
    await released;
    assertEquals(open(), 0, "then it is gone");
  }));

Deno.test("a model that cannot be built or opened leaves nothing behind and can be tried again", () =>
  withPool(8, async (pool, open) => {
    let broken = true;
    const moody = sabotage({
      name: "moody",
      description: "Refused by the runtime until told otherwise.",
      rewrite: (name, value, { g }) =>
        broken && name === "logits" ? g.op("NoSuchOperation", [value], value.shape) : value,
    }).apply(smallModel({ n_layers: 0 }));
    for (const attempt of [ask(pool, moody), ask(pool, moody)]) {
      await assertRejects(() => attempt, Error, "NoSuchOperation", "refused by the runtime");
    }
    assertEquals(open(), 0, "nothing was opened");
    broken = false;
    assert(await ask(pool, moody) instanceof Tensor, "the failure was not kept");
    const misfit = { ...smallModel(), weights: {} };
    await assertRejects(() => ask(pool, misfit), Error, undefined, "not even a graph");
    assertEquals(open(), 1, "only the one that works");
  }));

Deno.test("an error in what is done with a session reaches who asked, and the session stays", () =>
  withPool(8, async (pool, open) => {
    const fail = () => Promise.reject(new Error("no luck"));
    await assertRejects(() => pool.use(smallModel(), {}, fail), Error, "no luck");
    assertEquals(open(), 1, "it can be used again");
  }));

Deno.test("runs share a pool, which is emptied by one call", async () => {
  const model = smallModel({ n_layers: 0 });
  await releaseSessions();
  const before = openSessions();
  await run(model, [[1, 2, 3]]);
  await sessions.use(model, {}, () => Promise.resolve());
  assertEquals(openSessions(), before + 1, "one session");
  await releaseSessions({ above: 1000 });
  assertEquals(openSessions(), before + 1, "it is small");
  await releaseSessions();
  assertEquals(openSessions(), before, "none");
});
