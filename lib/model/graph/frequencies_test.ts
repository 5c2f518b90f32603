import { assertAlmostEquals, assertEquals } from "@std/assert";
import { llama1B, makeConfig } from "../mod.ts";
import { frequencies } from "./frequencies.ts";

const CONFIG = makeConfig({ n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 5, n_ctx: 4 });

/** The table is rounded to 32 bits: within 2^-24 of itself. */
function assertRounded(actual: number, expected: number, what: string): void {
  assertAlmostEquals(actual, expected, expected * 2 ** -24, what);
}

Deno.test("frequencies fall from 1 towards 1 / base, a pair of coordinates each", () => {
  const given = [...frequencies(CONFIG, 8).data];
  assertEquals(given.length, 4, "half of the width");
  [1, 1e-1, 1e-2, 1e-3].forEach((x, i) => assertRounded(given[i], x, `10000^(-${2 * i}/8)`));
  const other = frequencies({ ...CONFIG, position_base: 16 }, 4);
  assertEquals([...other.data], [1, 0.25], "base 16, width 4: 16^0 and 16^(-1/2)");
});

Deno.test("Llama 3 keeps waves under 2048 positions, stretches those over 8192, and mixes between", () => {
  const given = frequencies(llama1B, 64); // its heads are 64 wide
  const before = (pair: number) => 500_000 ** (-pair / 32);
  for (let pair = 0; pair <= 14; pair++) { // pair 14: 2 pi / 0.0032 is 1956 positions
    assertRounded(given.at(pair), before(pair), `kept: pair ${pair}`);
  }
  for (let pair = 18; pair < 32; pair++) { // pair 18: 2 pi / 0.00062 is 10089
    assertRounded(given.at(pair), before(pair) / 32, `32 times as long: pair ${pair}`);
  }
  // Pair 16 turns by 1/sqrt(500000): once in 4442.88 positions, 1.8438478 times in 8192. From 1
  // time to 4 that is 0.2812826 of the way, so that much is kept of it, and a 32nd of the rest.
  const expected = (0.2812826 + 0.7187174 / 32) / Math.sqrt(500_000);
  assertAlmostEquals(given.at(16), expected, 1e-6 * expected, "of six digits: pair 16");
});

Deno.test("YaRN keeps the pairs before its fast one, stretches those after its slow one, by steps between", () => {
  const yarn = { type: "yarn", factor: 4, beta_fast: 32, beta_slow: 1 } as const;
  const scaled = (original_n_ctx: number) => {
    const position_scaling = { ...yarn, attention_factor: 1, original_n_ctx };
    return [...frequencies({ ...CONFIG, position_scaling }, 8).data];
  };
  // In 1024 positions pair 0.71 turns 32 times and pair 2.21 once: rounded apart, pairs 0 to 3.
  const short = [1, 0.1 * (2 / 3 + 1 / 3 / 4), 0.01 * (1 / 3 + 2 / 3 / 4), 0.001 / 4];
  scaled(1024).forEach((x, pair) => assertRounded(x, short[pair], `of 1024: pair ${pair}`));
  // In 4096 pairs 1.31 and 2.81: from 1 to 3.
  const long = [1, 0.1, 0.01 * (1 / 2 + 1 / 2 / 4), 0.001 / 4];
  scaled(4096).forEach((x, pair) => assertRounded(x, long[pair], `of 4096: pair ${pair}`));
  // In 6 positions none turns even once: all are slow, but the first, from which they are counted.
  const none = [1, 0.1 / 4, 0.01 / 4, 0.001 / 4];
  scaled(6).forEach((x, pair) => assertRounded(x, none[pair], `of 6: pair ${pair}`));
});

Deno.test("YaRN's slow pair is at most the last coordinate, as published", () => {
  // Of base 4, pair 2.13 turns 32 times in 420 positions and pair 12.13 once: from 2 to 7, not to 13.
  const yarn = { type: "yarn", factor: 4, beta_fast: 32, beta_slow: 1 } as const;
  const position_scaling = { ...yarn, attention_factor: 1, original_n_ctx: 420 };
  const { data } = frequencies({ ...CONFIG, position_base: 4, position_scaling }, 8);
  assertRounded(data[3], 4 ** -0.75 * (4 / 5 + 1 / 5 / 4), "the first of five steps");
});
