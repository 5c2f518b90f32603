import { assertThrows } from "@std/assert";
import { smallModel } from "./testing/small_models.ts";
import { WRONG_TOKENS } from "./testing/wrong_tokens.ts";
import { checkTokens } from "./tokens.ts";

/** 11 tokens, 8 learned positions. */
const MODEL = smallModel();

Deno.test("tokens that the model does not understand are refused with their place", () => {
  for (const [message, tokens] of WRONG_TOKENS) {
    const check = () => checkTokens(MODEL.config, tokens);
    assertThrows(check, RangeError, message, JSON.stringify(tokens));
  }
});

Deno.test("only a table of learned positions has an end", () => {
  const text = [Array.from({ length: 30 }, (_, i) => i % 11)];
  for (const positions of ["sinusoidal", "rotary", "alibi", "none"] as const) {
    checkTokens(smallModel({ positions }).config, text); // n_ctx is 8
  }
  checkTokens(MODEL.config, [[1, 2, 3]], 5); // 5 + 3 are 8
  const message = "Cannot run 9 tokens: the model has n_ctx = 8 learned positions";
  assertThrows(() => checkTokens(MODEL.config, [[1, 2, 3]], 6), RangeError, message, "6 + 3");
});
