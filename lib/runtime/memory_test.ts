import "./testing/give_back.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { makeConfig, makeModel, randomWeights } from "../model/mod.ts";
import { smallModel } from "../model/testing/small_models.ts";
import { withRoom } from "./memory.ts";
import { releaseSessions } from "./pool.ts";
import { run } from "./run.ts";
import { openSessions } from "./session.ts";

const full = () => Promise.reject(new Error("failed to call OrtRun(): std::bad_alloc"));

Deno.test("what does not fit is tried once more, when the sessions that wait were released", async () => {
  await releaseSessions(); // those of other tests
  await run(smallModel(), [[1, 2]]);
  const open: number[] = [];
  const attempt = () => {
    open.push(openSessions());
    return open.length === 1 ? full() : Promise.resolve("fits");
  };
  assertEquals(await withRoom(attempt, () => ""), "fits");
  assertEquals(open, [1, 0], "sessions open at each attempt");
});

Deno.test("other errors are passed on at once", async () => {
  let attempts = 0;
  const attempt = () => withRoom(() => Promise.reject(new TypeError(`${++attempts}`)), () => "");
  await assertRejects(attempt, TypeError, "1");
});

Deno.test("a runtime that has ended is said to", async () => {
  const aborted = () => Promise.reject(new Error("Aborted(). Build with -sASSERTIONS"));
  const error = await assertRejects(() => withRoom(aborted, () => "it"), RangeError);
  assertStringIncludes(error.message, "start anew: this runtime has ended");
});

// The scores alone would take 400 GB.
Deno.test("a run that asks for too much says how much that was, and nothing after it breaks", async () => {
  const sizes = { n_layers: 1, d_model: 2, n_heads: 250, d_head: 1, d_vocab: 3, n_ctx: 20_000 };
  const config = makeConfig({ ...sizes, positions: "none", causal: false });
  const model = makeModel("long", config, randomWeights(config, 1));
  const [before, text] = [await run(smallModel(), [[1, 2]]), Array(config.n_ctx).fill(1)];
  const hooks = ["blocks.0.attn.hook_pattern"];
  const error = await assertRejects(() => run(model, [text], { hooks }), RangeError);
  const asked = "Cannot run long on tokens [1, 20000] with 2 of its hooks kept: it does not fit";
  assertStringIncludes(error.message, asked);
  assertStringIncludes(error.message, "Ask for fewer rows or shorter ones");
  assertEquals((await run(smallModel(), [[1, 2]])).logits, before.logits, "others go on");
});
