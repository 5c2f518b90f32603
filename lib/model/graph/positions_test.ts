/** How each scheme tells a model where a token stands, against values worked out by hand. */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { run } from "../../runtime/run.ts";
import { patternRows } from "../../runtime/testing/broken.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Model } from "../mod.ts";
import { smallModel } from "../testing/small_models.ts";
import { alibiSlope } from "../reference/positions.ts";
import { alibiSlopes } from "./positions.ts";

const TEXT = [[1, 2, 3, 4, 5, 6]];
const ATTN = "blocks.0.attn";
const SCORES = `${ATTN}.hook_attn_scores`;

/** What stands at a hook when all heads have the given query and key at every position. */
async function withQK(model: Model, q: number[], k: number[], hook: string): Promise<Tensor> {
  const interventions = [
    { hook: `${ATTN}.hook_q`, to: Tensor.from(q) },
    { hook: `${ATTN}.hook_k`, to: Tensor.from(k) },
  ];
  return (await run(model, TEXT, { hooks: [hook], interventions })).get(hook);
}

/**
 * ALiBi's slopes, as powers of 1/2, by the number of heads. Those for 8 and 16 stand in section 3 of
 * the paper; the others are what its published code gives: the slopes of the power of two below, then
 * every second one of the power of two above.
 */
const POWERS: Readonly<Record<number, readonly number[]>> = {
  1: [8],
  3: [4, 8, 2],
  4: [2, 4, 6, 8],
  6: [2, 4, 6, 8, 1, 3],
  8: [1, 2, 3, 4, 5, 6, 7, 8],
  12: [1, 2, 3, 4, 5, 6, 7, 8, 0.5, 1.5, 2.5, 3.5],
  16: Array.from({ length: 16 }, (_, head) => (head + 1) / 2),
};

function assertNear(actual: Tensor, expected: number[], what: string): void {
  // Angles of up to 6 radians and numbers of up to 5 in single precision: a few 2^-24 of those.
  expected.forEach((x, i) => assertAlmostEquals(actual.data[i], x, 2e-6, `${what}, number ${i}`));
}

Deno.test("ALiBi's slopes are the paper's, and every head has its own", () => {
  for (const powers of Object.values(POWERS)) {
    const slopes = powers.map((power) => 2 ** -power);
    assertEquals(alibiSlopes(slopes.length), slopes);
    assertEquals(slopes.map((_, head) => alibiSlope(head, slopes.length)), slopes, "the reference");
  }
  for (let n = 1; n <= 64; n++) assertEquals(new Set(alibiSlopes(n)).size, n, `${n} of their own`);
});

Deno.test("a rotary head of width 2 turns by one radian for each position", async () => {
  const model = smallModel({ positions: "rotary", d_head: 2 });
  for (const [part, [x, y]] of [["q", [1, 0]], ["k", [0, 2]]] as const) {
    const turned = await withQK(model, [1, 0], [0, 2], `${ATTN}.hook_rot_${part}`);
    for (let p = 0; p < 6; p++) {
      const expected = [x * Math.cos(p) - y * Math.sin(p), y * Math.cos(p) + x * Math.sin(p)];
      for (const head of [0, 1, 2]) {
        assertNear(turned.get(0, p, head), expected, `${part} of head ${head} at ${p}`);
      }
    }
  }
});

Deno.test("in a wider rotary head the first half is turned with the second, each pair slower", async () => {
  const model = smallModel({ positions: "rotary", d_head: 4, position_base: 100 });
  const turned = await withQK(model, [1, 2, 3, 4], [0, 0, 0, 0], `${ATTN}.hook_rot_q`);
  assertEquals(turned.get(0, 0, 0).toNested(), [1, 2, 3, 4], "nothing turns at position 0");
  for (let p = 0; p < 6; p++) {
    const [fast, slow] = [p, p / 10]; // 100^0 and 100^(-2/4) radians for each position
    assertNear(turned.get(0, p, 0), [
      1 * Math.cos(fast) - 3 * Math.sin(fast),
      2 * Math.cos(slow) - 4 * Math.sin(slow),
      3 * Math.cos(fast) + 1 * Math.sin(fast),
      4 * Math.cos(slow) + 2 * Math.sin(slow),
    ], `position ${p}`);
  }
});

Deno.test("in a head of adjacent pairs neighbours turn together", async () => {
  const adjacent = { positions: "rotary", rotary_adjacent_pairs: true } as const;
  const model = smallModel({ ...adjacent, d_head: 4, position_base: 100 });
  const turned = await withQK(model, [1, 2, 3, 4], [0, 0, 0, 0], `${ATTN}.hook_rot_q`);
  for (let p = 0; p < 6; p++) {
    const [fast, slow] = [p, p / 10];
    assertNear(turned.get(0, p, 0), [
      1 * Math.cos(fast) - 2 * Math.sin(fast),
      2 * Math.cos(fast) + 1 * Math.sin(fast),
      3 * Math.cos(slow) - 4 * Math.sin(slow),
      4 * Math.cos(slow) + 3 * Math.sin(slow),
    ], `position ${p}`);
  }
});

Deno.test("YaRN makes what it turns longer by its factor", async () => {
  const position_scaling = {
    ...{ type: "yarn", factor: 4, beta_fast: 32, beta_slow: 1 } as const,
    ...{ attention_factor: 1.5, original_n_ctx: 4096 },
  };
  const model = smallModel({ positions: "rotary", d_head: 2, position_scaling });
  const turned = await withQK(model, [1, 0], [0, 2], `${ATTN}.hook_rot_k`);
  for (let p = 0; p < 6; p++) {
    assertNear(turned.get(0, p, 0), [-3 * Math.sin(p), 3 * Math.cos(p)], `position ${p}`);
  }
});

Deno.test("rotary scores depend on how far apart two positions stand, not on where", async () => {
  const model = smallModel({ positions: "rotary", causal: false });
  const scores = await withQK(model, [1, 2, -1, 3], [2, -1, 1, 1], SCORES);
  const seen = new Map<number, number>();
  for (const { query, row } of patternRows(scores).slice(0, 6)) {
    for (const [key, score] of row.entries()) {
      const same = seen.get(query - key) ?? score;
      assertAlmostEquals(score, same, 5e-6, `query ${query}, key ${key}`);
      seen.set(query - key, score);
    }
  }
  assertEquals(new Set([...seen.values()].map((x) => x.toFixed(3))).size, 11, "eleven distances");
});

Deno.test("ALiBi takes the slope times the distance from a score, in either direction", async () => {
  for (const causal of [true, false]) {
    const model = smallModel({ positions: "alibi", n_heads: 8, causal });
    const scores = await withQK(model, [0, 0, 0, 0], [1, 1, 1, 1], SCORES);
    patternRows(scores).forEach(({ query, row }, i) => {
      const head = Math.floor(i / 6);
      const penalties = row.map((_, key) => -Math.abs(query - key) / 2 ** (head + 1));
      const expected = penalties.map((x, key) => causal && key > query ? -Infinity : x);
      assertEquals(row, expected, `causal ${causal}, head ${head}, query ${query}`);
    });
  }
});

Deno.test("scores are products divided by the root of d_head, and forbidden ones minus infinity", async () => {
  const scores = await withQK(smallModel(), [1, 2, 3, 4], [4, 3, 2, 1], SCORES);
  for (const { query, row } of patternRows(scores)) {
    const expected = row.map((_, key) => key > query ? -Infinity : 20 / Math.sqrt(4));
    assertEquals(row, expected, `query ${query}`);
  }
});

Deno.test("sinusoidal positions are sines and cosines side by side, added to the embedding", async () => {
  const model = smallModel({ positions: "sinusoidal", d_model: 4, n_layers: 1 });
  const hooks = ["hook_embed", "hook_pos_embed", "blocks.0.hook_resid_pre"];
  const activations = await run(model, TEXT, { hooks });
  const [embed, positions, stream] = hooks.map((hook) => activations.get(hook).get(0));
  for (let p = 0; p < 6; p++) {
    const slow = p / 100; // 10000^(-2/4)
    const expected = [Math.sin(p), Math.cos(p), Math.sin(slow), Math.cos(slow)];
    assertNear(positions.get(p), expected, `position ${p}`);
    const sum = embed.get(p).map((x, i) => x + positions.at(p, i));
    assertSameBits(stream.get(p), sum, `the stream at ${p}`);
  }
});

Deno.test("learned positions are the rows of W_pos, the same in every text", async () => {
  const model = smallModel();
  const hook = "hook_pos_embed";
  const positions = (await run(model, [[0, 0, 0], [5, 6, 7]], { hooks: [hook] })).get(hook);
  for (const row of [0, 1]) {
    for (let p = 0; p < 3; p++) {
      const expected = model.weights["pos_embed.W_pos"].get(p);
      assertSameBits(positions.get(row, p), expected, `text ${row}, position ${p}`);
    }
  }
});

Deno.test("without positions or a mask a model cannot tell where a token stands", async () => {
  const model = smallModel({ positions: "none", causal: false });
  const [there, back] = [[1, 2, 3, 4], [4, 3, 2, 1]];
  const { logits } = await run(model, [there, back]);
  // The same products summed in another order: some roundings of logits of about 2.
  for (let p = 0; p < 4; p++) assertNear(logits.get(0, p), [...logits.get(1, 3 - p).data], `${p}`);
  const aware = (await run(smallModel({ causal: false }), [there, back])).logits;
  assert(Math.abs(aware.at(0, 0, 0) - aware.at(1, 3, 0)) > 1e-3, "learned positions do tell");
});
