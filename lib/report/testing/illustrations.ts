/** Illustrations for the tests of the report, one of each kind. */
import type { Illustration } from "../charts/illustrations/illustration.ts";

/** Word pieces as a tokenizer gives them. */
const TOKENS = " nothing| was| to| be| se|en|,| and| nothing| was| to| be| he|ard|;".split("|");

const titled = (kind: string) => ({
  title: `What a head reads, as ${kind}`,
  caption: "It looks back to what came after the same word.",
});

/** Every kind of illustration. */
export const ILLUSTRATIONS = ["sentence", "arcs", "vectors", "fan", "product"] as const;

/** A small illustration of each kind. */
export function illustration(kind: Illustration["kind"]): Illustration {
  return SAMPLES[kind];
}

const share = { label: "share of the logit" };

/** A tall matrix, a wide one, and their product. */
const TALL = Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.cos(2 * i)]);
const WIDE = [0, 1].map((k) => TALL.map((row) => row[1 - k] / 2));
const LARGE = TALL.map((row) => WIDE[0].map((_, j) => row[0] * WIDE[0][j] + row[1] * WIDE[1][j]));

const SAMPLES: { readonly [Kind in Illustration["kind"]]: Illustration & { kind: Kind } } = {
  sentence: {
    kind: "sentence",
    ...titled("sentence"),
    panels: [{
      name: "after training",
      tokens: TOKENS,
      under: TOKENS.map((_, i) => TOKENS[i + 1] ?? " I"),
      shade: TOKENS.map((_, i) => i / TOKENS.length),
    }],
    value: { label: "loss", unit: "nats" },
  },
  arcs: {
    kind: "arcs",
    ...titled("arcs"),
    panels: [{
      tokens: TOKENS,
      arcs: [
        { from: 8, to: 1, weight: 0.9 },
        { from: 9, to: 2, weight: 0.75 },
        { from: 10, to: 3, weight: 0.2 },
        { from: 10, to: 9, weight: 0.1 },
        { from: 11, to: 4, weight: 0.6 },
      ],
    }],
    value: { label: "weight" },
  },
  vectors: {
    kind: "vectors",
    ...titled("vectors"),
    panels: ["kept two", "kept five"].map((name, p) => ({
      name,
      vectors: Array.from({ length: 2 + 3 * p }, (_, i) => {
        const angle = 2 * Math.PI * i / (4 + p);
        return { x: Math.cos(angle), y: Math.sin(angle), label: `feature ${i + 1}` };
      }),
    })),
  },
  fan: {
    kind: "fan",
    ...titled("fan"),
    panels: [{
      paths: [
        { through: ["L0H3", "L1H2"], share: 0.55 },
        { through: ["L1H2"], share: 0.2 },
        { through: ["L0H1"], share: 0.1 },
        { through: ["L0H1", "L1H0"], share: 0.08 },
        { through: [], share: 0.07 },
      ],
    }],
    value: share,
  },
  product: {
    kind: "product",
    ...titled("product"),
    matrices: [
      { name: "W_Q", values: TALL },
      { name: "W_K, transposed", values: WIDE },
      { name: "W_QK", values: LARGE },
    ],
  },
};
