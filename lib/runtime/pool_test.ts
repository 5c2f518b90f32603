import "../../fixtures/runtime.ts";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { sabotage } from "../model/sabotage.ts";
import { smallModel } from "../model/testing/small_models.ts";
import { assertSameBits } from "../tensor/testing/assert_same_bits.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type GraphSession, openSessions } from "./engine.ts";
import { releaseSessions, withSession } from "./pool.ts";
import { run } from "./run.ts";

const TOKENS = [[1, 2, 3]];
const KEPT = 8;
const models = (count: number) =>
  Array.from({ length: count }, (_, seed) => smallModel({ n_layers: 0 }, seed));

Deno.test.afterEach(async () => {
  await releaseSessions();
  assertEquals(openSessions(), 0, "every session was given back");
});

Deno.test("one model built in one way has one session, however many ask for it at once", async () => {
  const model = smallModel();
  const seen = new Set<GraphSession>();
  const note = (session: GraphSession) => Promise.resolve(seen.add(session));
  const ways = [{}, { intervene: [] }, { past: false }];
  await Promise.all([...ways, ...ways].map((variant) => withSession(model, variant, note)));
  assertEquals([seen.size, openSessions()], [1, 1], "ways that come to the same");
  await withSession(model, { intervene: ["hook_embed", "logits"] }, note);
  await withSession(model, { intervene: ["logits", "hook_embed"] }, note);
  assertEquals([seen.size, openSessions()], [2, 2], "hooks in another order");
  await withSession(model, { past: true }, note);
  await withSession(model, { tokens: [1, 3] }, note);
  assertEquals([seen.size, openSessions()], [4, 4], "other ways");
  await withSession({ ...model }, {}, note);
  assertEquals([seen.size, openSessions()], [5, 5], "an equal model is another model");
});

Deno.test("runs at once give what runs one after the other give", async () => {
  const all = models(3);
  const alone: Tensor[] = [];
  for (const model of all) alone.push((await run(model, TOKENS)).logits);
  await releaseSessions();
  const twice = [...all, ...all];
  const together = await Promise.all(twice.map((model) => run(model, TOKENS)));
  together.forEach(({ logits }, i) => assertSameBits(logits, alone[i % 3], `run ${i}`));
  assertEquals(openSessions(), 3, "one session for each model");
});

Deno.test("the pool keeps the sessions used last and releases the others", async () => {
  const all = models(KEPT + 2);
  for (const model of all.slice(0, KEPT)) await run(model, TOKENS);
  await run(all[0], TOKENS); // used again: now the second is the oldest
  for (const model of all.slice(KEPT)) await run(model, TOKENS);
  assertEquals(openSessions(), KEPT, "no more than these wait");
  const opened: boolean[] = [];
  for (const model of [all[0], all[3], all[1]]) {
    const before = openSessions();
    await withSession(model, {}, () => Promise.resolve(opened.push(openSessions() > before)));
  }
  assertEquals(
    opened,
    [false, false, true],
    "the first and fourth waited, the second was released",
  );
});

Deno.test("more models at once than are kept all get their answer", async () => {
  const all = models(KEPT + 4);
  const results = await Promise.all(all.map((model) => run(model, TOKENS)));
  assertEquals(
    new Set(results.map(({ logits }) => `${logits.data}`)).size,
    all.length,
    "each its own",
  );
  assertEquals(openSessions(), KEPT, "the rest were released afterwards");
});

Deno.test("sessions released while runs are under way let them finish", async () => {
  const model = smallModel();
  const expected = (await run(model, TOKENS)).logits;
  const running = [run(model, TOKENS), run(smallModel(), TOKENS)]; // one waits, one is being opened
  await releaseSessions();
  assertEquals(openSessions(), 0, "all released");
  for (const { logits } of await Promise.all(running)) assertSameBits(logits, expected, "a result");
});

Deno.test("a session asked for by a use of several runs is released after the last", async () => {
  const model = smallModel();
  const feeds = { tokens: { integers: TOKENS[0], shape: [1, 3] } };
  let released: Promise<void> | undefined;
  const logits = await withSession(model, {}, async (session) => {
    const first = await session.run(feeds, ["logits"]);
    released = releaseSessions();
    for (let wait = 0; wait < 20; wait++) await Promise.resolve();
    const second = await session.run(feeds, ["logits"]);
    return [first.logits, second.logits];
  });
  assertSameBits(logits[0], logits[1], "before and after somebody wants it released");
  await released;
  assertEquals(openSessions(), 0, "then it is gone");
});

Deno.test("a model that cannot be built or opened leaves nothing behind and can be tried again", async () => {
  let broken = true;
  const moody = sabotage({
    name: "moody",
    description: "Refused by the runtime until told otherwise.",
    rewrite: () => (name, value, { g }) =>
      broken && name === "logits" ? g.op("NoSuchOperation", [value], value.shape) : value,
  }).apply(smallModel());
  const attempts = [run(moody, TOKENS), run(moody, TOKENS)];
  for (const attempt of attempts) {
    await assertRejects(() => attempt, Error, "NoSuchOperation", "refused by the runtime");
  }
  assertEquals(openSessions(), 0, "nothing was opened");
  broken = false;
  assert((await run(moody, TOKENS)).logits instanceof Tensor, "the failure was not kept");
  const misfit = { ...smallModel(), weights: {} };
  await assertRejects(() => run(misfit, TOKENS), Error, undefined, "not even a graph");
  assertEquals(openSessions(), 1, "only the one that works");
});

Deno.test("an error in what is done with a session reaches who asked, and the session stays", async () => {
  const model = smallModel();
  const fail = () => Promise.reject(new Error("no luck"));
  await assertRejects(() => withSession(model, {}, fail), Error, "no luck");
  assertEquals(openSessions(), 1, "it can be used again");
});
