import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Decoder, openSessions, releaseSessions, run } from "../runtime/mod.ts";
import "../runtime/testing/give_back.ts";
import { smallModel } from "./testing/small_models.ts";
import { checkTokens, type Tokens } from "./tokens.ts";

/** 11 tokens, 8 learned positions. Nobody else has a session of it. */
const MODEL = { ...smallModel() };

/** What is refused, with the message. */
const WRONG_TOKENS: readonly (readonly [message: string, tokens: Tokens])[] = [
  ["at least one row of one token is required", []],
  ["at least one row of one token is required", [[]]],
  ["at least one row of one token is required", [[], [1]]],
  ["rows must have one length, row 0 has 2, row 1 has 1", [[1, 2], [3]]],
  ["rows must have one length, row 0 has 1, row 2 has 2", [[1], [2], [3, 4]]],
  ...[-1, 11, 1.5, NaN, Infinity].map((token) =>
    [
      `a token must be a whole number in [0, 11), got ${token} at row 1, position 1`,
      [[0, 1, 2], [3, token, 4]],
    ] as const
  ),
  ['got "3" at row 0, position 0', [["3"]] as never],
  ["got undefined at row 0, position 1", [[1, undefined, 2]] as never],
  // deno-lint-ignore no-sparse-arrays -- a hole is what is tested
  ["got undefined at row 0, position 1", [[1, , 2]] as never],
  [
    "Cannot run 9 tokens: the model has n_ctx = 8 learned positions",
    [[0, 1, 2, 3, 4, 5, 6, 7, 8]],
  ],
];

Deno.test("run and decoder refuse what the model does not understand, with its place, before a session is opened", async () => {
  await releaseSessions(); // a pool that is full would close one for each that it opens
  const open = openSessions();
  for (const [message, tokens] of WRONG_TOKENS) {
    const name = JSON.stringify(tokens);
    await assertRejects(() => run(MODEL, tokens), RangeError, message, name);
    await assertRejects(() => new Decoder(MODEL).step(tokens), RangeError, message, name);
  }
  assertEquals(openSessions(), open, "no session was opened");
  await run(MODEL, [[1]]);
  assertEquals(openSessions(), open + 1, "good ones open one");
});

Deno.test("tokens become integers with a shape, row after row", () => {
  const fed = checkTokens(MODEL.config, [[0, 10, 3], [4, 5, 6]]);
  assertEquals(fed, { integers: [0, 10, 3, 4, 5, 6], shape: [2, 3] }, "[2, 3]");
});

Deno.test("only a table of learned positions has an end", () => {
  const text = [Array.from({ length: 30 }, (_, i) => i % 11)];
  for (const positions of ["sinusoidal", "rotary", "alibi", "none"] as const) {
    const { shape } = checkTokens(smallModel({ positions }).config, text);
    assertEquals(shape, [1, 30], `30 tokens, n_ctx 8, ${positions}`);
  }
  assertEquals(checkTokens(MODEL.config, [[1, 2, 3]], 5).shape, [1, 3], "5 + 3 are 8");
  const message = "Cannot run 9 tokens: the model has n_ctx = 8 learned positions";
  assertThrows(() => checkTokens(MODEL.config, [[1, 2, 3]], 6), RangeError, message, "6 + 3");
});
