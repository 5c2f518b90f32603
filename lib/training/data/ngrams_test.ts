import { assertAlmostEquals, assertEquals } from "@std/assert";
import { bigram, scoreNgram } from "./ngrams.ts";

const text = (...tokens: number[]) => ({ name: "a text", tokens: Uint32Array.from(tokens) });
/** 0 1 0 1 0 2 and 2 2: after 0 came 1 twice and 2 once; after 1 came 0 twice; after 2 a 2. */
const TEXTS = [text(0, 1, 0, 1, 0, 2), text(2, 2)];

Deno.test("the bigram table is the pairs of the texts, one added to each", () => {
  const { probability } = bigram(TEXTS, 4);
  const row = (last: number) => [0, 1, 2, 3].map((next) => probability(next, last));
  assertEquals(row(0), [1 / 7, 3 / 7, 2 / 7, 1 / 7]);
  assertEquals(row(1), [3 / 6, 1 / 6, 1 / 6, 1 / 6]);
  assertEquals(row(2), [1 / 5, 1 / 5, 2 / 5, 1 / 5], "no pair crosses from one text into the next");
  assertEquals(row(3), [1 / 4, 1 / 4, 1 / 4, 1 / 4], "nothing ever followed a 3");
});

Deno.test("a score covers every token but the first of each text", () => {
  const tokenizer = { characters: (token: number) => token + 1 };
  const score = scoreNgram(bigram(TEXTS, 4), [text(3, 0, 1), text(2), text(2, 2)], tokenizer);
  // Tokens 0 after 3, 1 after 0, 2 after 2, of 1, 2 and 3 characters.
  const nats = -Math.log(1 / 4 * 3 / 7 * 2 / 5);
  assertAlmostEquals(score.perToken, nats / 3, 1e-12);
  assertAlmostEquals(score.perCharacter, nats / 6, 1e-12);
});
