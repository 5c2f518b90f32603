import { assert, assertAlmostEquals } from "@std/assert";
import fc from "fast-check";
import { trigram } from "./kneser_ney.ts";

const text = (...tokens: number[]) => ({ name: "a text", tokens: Uint32Array.from(tokens) });

/**
 * Worked by hand, for a vocabulary of 4:
 * - triples: 010 twice, 101 once, 102 once. Seen once: 2, twice: 1; discount 2 / (2 + 2) = 1/2.
 * - pairs, by how many tokens came before them: 10 one, 01 one, 02 one. All once: discount 1.
 * - singles, by how many tokens came before: 0 one, 1 one, 2 one. All once: discount 1.
 */
const TEXTS = [text(0, 1, 0, 1, 0, 2)];

Deno.test("probabilities are those of the formula, worked by hand", () => {
  const { probability } = trigram(TEXTS, 4);
  // Triples: 010, 101, 010, 102. A discount of 1 leaves nothing of the shorter contexts' counts.
  const uniform = 1 / 4;
  const after10 = (count: number) => (Math.max(0, count - 0.5) + 0.5 * 2 * uniform) / 2;
  assertAlmostEquals(probability(1, 0, 1), after10(1), 1e-12, "1 after 1 0, seen once of two");
  assertAlmostEquals(probability(3, 0, 1), after10(0), 1e-12, "3 after 1 0, never seen");
  assertAlmostEquals(probability(0, 1, 0), (1.5 + 0.5 * uniform) / 2, 1e-12, "0 after 0 1, always");
  assertAlmostEquals(probability(0, 3, 3), uniform, 1e-12, "after what was never seen");
});

Deno.test("shorter contexts count the different tokens before them, not how often", () => {
  // Triples: 0 2 3 three times; 0 1 3, 1 2 4 and 3 1 4 once; 0 2 4 twice.
  const texts = [
    ...[1, 2, 3].map(() => text(0, 2, 3)),
    ...[1, 2].map(() => text(0, 2, 4)),
    text(0, 1, 3),
    text(1, 2, 4),
    text(3, 1, 4),
  ];
  const { probability } = trigram(texts, 5);
  // Pairs by tokens before: 23 one, 24 two (0 and 1), 13 one, 14 one. Discount 3 / (3 + 2) = 3/5.
  // Singles by tokens before: 3 two (2 and 1), 4 two. None once: discount 1/2.
  const single = (2 - 0.5 + 0.5 * 2 * (1 / 5)) / 4;
  const pair = (tokensBefore: number) => (tokensBefore - 3 / 5 + (3 / 5) * 2 * single) / 3;
  assertAlmostEquals(
    probability(3, 2),
    pair(1),
    1e-12,
    "3 after 2, though it is the more frequent",
  );
  assertAlmostEquals(probability(4, 2), pair(2), 1e-12, "4 after 2, after two different tokens");
  // Triples once: 3, twice: 1; discount 3 / (3 + 2) = 3/5. After 0 2: 3 three times, 4 twice.
  const triple = (3 - 3 / 5 + (3 / 5) * 2 * pair(1)) / 5;
  assertAlmostEquals(probability(3, 2, 0), triple, 1e-12, "3 after 0 2");
});

Deno.test("after any context the probabilities sum to one and none is zero", () => {
  const token = fc.nat(5);
  fc.assert(
    fc.property(
      fc.array(fc.array(token, { minLength: 3, maxLength: 30 }), { minLength: 1, maxLength: 4 }),
      token,
      fc.option(token, { nil: undefined }),
      (texts, last, earlier) => {
        const { probability } = trigram(texts.map((tokens) => text(...tokens)), 6);
        const all = [0, 1, 2, 3, 4, 5].map((next) => probability(next, last, earlier));
        assertAlmostEquals(all.reduce((sum, p) => sum + p, 0), 1, 1e-12, `sum of ${all}`);
        assert(all.every((p) => p > 0), `none of ${all} is zero`);
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});
