import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Config, makeConfig } from "./config.ts";

const SMALL = { n_layers: 2, d_model: 12, n_heads: 3, d_vocab: 50, n_ctx: 20 } as const;

/** A config of which some fields are not what their types say. */
function wrong(fields: Record<string, unknown>): () => Config {
  return () => makeConfig({ ...SMALL, ...fields });
}

Deno.test("what is told counts, and a config cannot be changed afterwards", () => {
  const config = makeConfig({ ...SMALL, n_layers: 0, d_head: 5, d_mlp: 7, tied: true });
  assertEquals([config.n_layers, config.d_head, config.d_mlp, config.tied], [0, 5, 7, true]);
  const untold = makeConfig(SMALL);
  assertEquals([untold.d_head, untold.d_mlp], [4, 48], "d_model / n_heads and 4 d_model");
  assert(Object.isFrozen(config), "frozen");
});

/** Values that some fields refuse, with what is required of them. */
const REFUSED: [fields: string, given: unknown[], required: string][] = [
  [
    "d_model n_heads n_key_value_heads d_head d_mlp d_vocab n_ctx",
    [0, -1, 1.5, NaN, Infinity, "3", null, undefined],
    "a whole number of at least 1",
  ],
  ["n_layers", [-1, 0.5, NaN, undefined], "a whole number of at least 0"],
  ["eps position_base position_step", [0, -1e-5, NaN, Infinity, "1"], "a finite number above 0"],
  ["act_fn", ["swish", 1, undefined], "one of gelu_new, gelu, relu, silu"],
  ["normalization", ["swish", 1, undefined], "one of LN, RMS, none"],
  ["positions", ["swish", 1, undefined], "one of learned, sinusoidal, rotary, alibi, none"],
  ["query_key", ["both", 1, undefined], "one of pair, same, full"],
  [
    "attn_only causal tied biases gated_mlp rotary_adjacent_pairs",
    ["swish", 1, undefined],
    "one of true, false",
  ],
];

Deno.test("a field that is not what it must be is refused with what is required", () => {
  for (const [fields, givens, required] of REFUSED) {
    for (const field of fields.split(" ")) {
      for (const given of givens) {
        const message = `Bad config: ${field} must be ${required}, got ${given}`;
        assertThrows(wrong({ [field]: given }), RangeError, message, `${field} = ${given}`);
      }
    }
  }
  assertEquals(makeConfig({ ...SMALL, n_layers: 0 }).n_layers, 0, "no layer is enough");
});

Deno.test("heads that do not divide the stream need a d_head of their own", () => {
  const message = "Bad config: d_head must be a whole number of at least 1, got 2.4";
  assertThrows(wrong({ n_heads: 5 }), RangeError, message, "12 / 5");
  assertEquals(makeConfig({ ...SMALL, n_heads: 5, d_head: 2 }).d_head, 2, "told");
});

Deno.test("keys and values may be shared by heads in groups of one size", () => {
  assertEquals(makeConfig(SMALL).n_key_value_heads, 3, "each has its own");
  assertEquals(makeConfig({ ...SMALL, n_key_value_heads: 1 }).n_key_value_heads, 1, "one for all");
  const message = "Bad config: n_key_value_heads must be a divisor of n_heads, 3, got ";
  for (const wanted of [2, 6]) {
    assertThrows(wrong({ n_key_value_heads: wanted }), RangeError, message + wanted);
  }
  for (const query_key of ["same", "full"]) {
    const message = "query_key must be pair, because only keys of their own can be shared, got ";
    assertThrows(wrong({ query_key, n_key_value_heads: 1 }), RangeError, message + query_key);
  }
});

Deno.test("rotary heads and sinusoidal streams must be even, others need not", () => {
  const odd = { d_model: 15, n_heads: 3, d_head: 5 };
  const pairs = "d_head must be even, because rotary positions turn pairs of coordinates, got 5";
  assertThrows(wrong({ ...odd, positions: "rotary" }), RangeError, pairs, "rotary");
  const waves = "d_model must be even, because each wave is a sine and a cosine, got 15";
  assertThrows(wrong({ ...odd, positions: "sinusoidal" }), RangeError, waves, "sinusoidal");
  for (const positions of ["learned", "alibi", "none"] as const) {
    assertEquals(makeConfig({ ...SMALL, ...odd, positions }).d_head, 5, positions);
  }
});

Deno.test("rotary positions turn queries and keys apart, so there must be both", () => {
  const message = "query_key must be pair, because rotary positions turn both apart, got ";
  for (const query_key of ["same", "full"] as const) {
    assertThrows(wrong({ query_key, positions: "rotary" }), RangeError, message + query_key);
    assertEquals(makeConfig({ ...SMALL, query_key, positions: "alibi" }).query_key, query_key);
  }
});

Deno.test("a field that no config has is refused with those that there are", () => {
  const fields = "n_layers, d_model, n_heads, n_key_value_heads, d_head, d_mlp, d_vocab, n_ctx, " +
    "act_fn, gated_mlp, normalization, positions, query_key, attn_only, causal, tied, biases, " +
    "unembed_bias, eps, position_base, position_step, position_scaling, rotary_adjacent_pairs";
  const message = `Bad config: a field must be one of ${fields}, got n_layer`;
  assertThrows(wrong({ n_layer: 2 }), RangeError, message, "GPT-2's own name for it");
});
