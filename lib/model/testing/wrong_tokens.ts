import type { Tokens } from "../tokens.ts";

/** For tests: what a small model of 11 tokens and 8 learned positions refuses, with the message. */
export const WRONG_TOKENS: readonly (readonly [message: string, tokens: Tokens])[] = [
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
  ["got 3 at row 0, position 0", [["3"]] as never],
  ["got undefined at row 0, position 1", [[1, undefined, 2]] as never],
  // deno-lint-ignore no-sparse-arrays -- a hole is what is tested
  ["got undefined at row 0, position 1", [[1, , 2]] as never],
  [
    "Cannot run 9 tokens: the model has n_ctx = 8 learned positions",
    [[0, 1, 2, 3, 4, 5, 6, 7, 8]],
  ],
];
