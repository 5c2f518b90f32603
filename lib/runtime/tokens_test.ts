import { assertEquals, assertRejects } from "@std/assert";
import { smallModel } from "../model/testing/small_models.ts";
import { WRONG_TOKENS } from "../model/testing/wrong_tokens.ts";
import { Decoder } from "./decoder.ts";
import { releaseSessions } from "./pool.ts";
import { run } from "./run.ts";
import { openSessions } from "./session.ts";
import "./testing/runtime.ts";
import { feedTokens } from "./tokens.ts";

Deno.test("tokens become integers with a shape, row after row", () => {
  const fed = feedTokens(smallModel().config, [[0, 10, 3], [4, 5, 6]]);
  assertEquals(fed, { integers: [0, 10, 3, 4, 5, 6], shape: [2, 3] }, "[2, 3]");
});

Deno.test("run and decoder refuse wrong ones before a session is opened", async () => {
  const model = { ...smallModel() }; // nobody has a session of it
  const open = openSessions();
  for (const [message, tokens] of WRONG_TOKENS) {
    const name = JSON.stringify(tokens);
    await assertRejects(() => run(model, tokens), RangeError, message, name);
    await assertRejects(() => new Decoder(model).step(tokens), RangeError, message, name);
  }
  assertEquals(openSessions(), open, "no session was opened");
  await run(model, [[1]]);
  assertEquals(openSessions(), open + 1, "good ones open one");
  await releaseSessions();
});
