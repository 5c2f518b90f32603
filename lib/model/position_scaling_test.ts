import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Config, makeConfig } from "./config.ts";

const SIZES = { n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 5, n_ctx: 4 } as const;
const LLAMA3 = {
  ...{ type: "llama3", factor: 8, low_freq_factor: 1, high_freq_factor: 4 } as const,
  original_n_ctx: 8192,
};
const YARN = {
  ...{ type: "yarn", factor: 4, beta_fast: 32, beta_slow: 1 } as const,
  ...{ attention_factor: 1.1, original_n_ctx: 4096 },
};

function scaled(position_scaling: unknown, more: Partial<Config> = {}): Config {
  return makeConfig({
    ...SIZES,
    positions: "rotary",
    ...more,
    position_scaling: position_scaling as Config["position_scaling"],
  });
}

Deno.test("rotary positions may be scaled as Llama 3 or YaRN do, once and for all", () => {
  for (const given of [LLAMA3, YARN]) {
    const { position_scaling } = scaled(given);
    assertEquals(position_scaling, given);
    assert(Object.isFrozen(position_scaling) && !Object.isFrozen(given), "a copy is frozen");
  }
  assertEquals(makeConfig(SIZES).position_scaling, null, "unless told they are not");
});

const REFUSED: [given: unknown, message: string, more?: Partial<Config>][] = [
  ["yarn", "position_scaling must be null or a scaling with its type, got yarn"],
  [undefined, "position_scaling must be null or a scaling with its type, got undefined"],
  [{ factor: 2 }, "position_scaling must be null or a scaling with its type"],
  [
    { type: "dynamic", factor: 2 },
    "position_scaling.type must be one of llama3, yarn, got dynamic",
  ],
  [{ ...YARN, type: "llama3" }, "position_scaling must be one of factor, original_n_ctx,"],
  [{ ...LLAMA3, factor: 0 }, "position_scaling.factor must be a finite number above 0, got 0"],
  [{ ...YARN, attention_factor: undefined }, "attention_factor must be a finite number above 0"],
  [{ ...YARN, original_n_ctx: 0.5 }, "position_scaling.original_n_ctx must be a whole number of"],
  [{ ...LLAMA3, high_freq_factor: 1 }, "high_freq_factor must be above low_freq_factor, 1, got 1"],
  [{ ...YARN, beta_fast: 0.5 }, "beta_fast must be above beta_slow, 1, got 0.5"],
  [YARN, "positions must be rotary, because position_scaling slows", { positions: "alibi" }],
  [YARN, "position_base must be above 1 where YaRN counts turns by it", { position_base: 1 }],
];

for (const [given, message, more] of REFUSED) {
  Deno.test(`a scaling is refused with its reason: ${message}`, () => {
    assertThrows(() => scaled(given, more), RangeError, message);
  });
}
