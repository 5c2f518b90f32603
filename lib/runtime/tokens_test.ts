import "./testing/start.ts";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { smallModel } from "../model/testing/small_models.ts";
import { Decoder } from "./decoder.ts";
import { openSessions } from "./session.ts";
import { releaseSessions } from "./pool.ts";
import { run } from "./run.ts";
import { feedTokens, type Tokens } from "./tokens.ts";

/** 11 tokens, 8 learned positions. */
const MODEL = smallModel();

const WRONG: readonly { tokens: Tokens; message: string }[] = [
  { tokens: [], message: "at least one row of one token is required" },
  { tokens: [[]], message: "at least one row of one token is required" },
  { tokens: [[], [1]], message: "at least one row of one token is required" },
  { tokens: [[1, 2], [3]], message: "rows must have one length, row 0 has 2, row 1 has 1" },
  { tokens: [[1], [2], [3, 4]], message: "rows must have one length, row 0 has 1, row 2 has 2" },
  ...[-1, 11, 1.5, NaN, Infinity].map((token) => ({
    tokens: [[0, 1, 2], [3, token, 4]],
    message: `a token must be a whole number in [0, 11), got ${token} at row 1, position 1`,
  })),
  { tokens: [["3"]] as never, message: "got 3 at row 0, position 0" },
  { tokens: [[1, undefined, 2]] as never, message: "got undefined at row 0, position 1" },
  // deno-lint-ignore no-sparse-arrays -- a hole is what is tested
  { tokens: [[1, , 2]] as never, message: "got undefined at row 0, position 1" },
  {
    tokens: [[0, 1, 2, 3, 4, 5, 6, 7, 8]],
    message: "Cannot run 9 tokens: the model has n_ctx = 8 learned positions",
  },
];

Deno.test("tokens that the model does not understand are refused with their place", () => {
  for (const { tokens, message } of WRONG) {
    const check = () => feedTokens(MODEL.config, tokens);
    assertThrows(check, RangeError, message, JSON.stringify(tokens));
  }
});

Deno.test("run and decoder refuse them before a session is opened", async () => {
  const model = { ...MODEL }; // nobody has a session of it
  const open = openSessions();
  for (const { tokens, message } of WRONG) {
    const name = JSON.stringify(tokens);
    await assertRejects(() => run(model, tokens), RangeError, message, name);
    await assertRejects(() => new Decoder(model).step(tokens), RangeError, message, name);
  }
  assertEquals(openSessions(), open, "no session was opened");
  await run(model, [[1]]);
  assertEquals(openSessions(), open + 1, "good ones open one");
  await releaseSessions();
});

Deno.test("tokens become integers with a shape, row after row", () => {
  const fed = feedTokens(MODEL.config, [[0, 10, 3], [4, 5, 6]]);
  assertEquals(fed, { integers: [0, 10, 3, 4, 5, 6], shape: [2, 3] }, "[2, 3]");
});

Deno.test("only a table of learned positions has an end", () => {
  const text = [Array.from({ length: 30 }, (_, i) => i % 11)];
  for (const positions of ["sinusoidal", "rotary", "alibi", "none"] as const) {
    const { shape } = feedTokens(smallModel({ positions }).config, text);
    assertEquals(shape, [1, 30], `30 tokens, n_ctx 8, ${positions}`);
  }
  assertEquals(feedTokens(MODEL.config, [[1, 2, 3]], 5).shape, [1, 3], "5 + 3 are 8");
  const message = "Cannot run 9 tokens: the model has n_ctx = 8 learned positions";
  assertThrows(() => feedTokens(MODEL.config, [[1, 2, 3]], 6), RangeError, message, "6 + 3");
});
