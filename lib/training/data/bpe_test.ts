import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { BYTE_LETTERS } from "../../model/tokenizer/byte_level.ts";
import { encodeWord, learnMerges, wordsOf } from "./bpe.ts";
import { anyText } from "../../model/testing/text_arbitrary.ts";

const codes = (text: string) => [...new TextEncoder().encode(text)];
const [a, b, c, d, blank] = codes("abcd ");

Deno.test("the most frequent pair is merged first, and merges build on merges", () => {
  // Words: "abc" three times, " ab" once, "cd" once. Pairs: ab 4, bc 3, " a" 1, cd 1.
  const merges = learnMerges(["abc", "abc", "abc ab", "cd"], 260);
  assertEquals(merges, [
    [a, b], // 4 times; after it: (ab)c 3, " "(ab) 1, cd 1
    [256, c], // 3 times
    [blank, 256], // once, and the lowest of those, as a blank comes before c
    [c, d],
  ]);
});

Deno.test("equally frequent pairs are merged from the lowest left token, then right token", () => {
  assertEquals(learnMerges(["db", "da", "ca", "ba"], 260), [[b, a], [c, a], [d, a], [d, b]]);
  assertEquals(learnMerges(["ba", "ca", "da", "db"], 258), [[b, a], [c, a]], "whatever the order");
});

Deno.test("merges never cross words and stop where no pair is left", () => {
  // Words: "a", " b" twice, " a" once; "a b" is frequent too, but no word holds it.
  assertEquals(learnMerges(["a b a b"], 999), [[blank, b], [blank, a]]);
  assertEquals(learnMerges([], 300), [], "no text, no merges");
  assertEquals(learnMerges(["aaaa"], 256), [], "no room, no merges");
});

Deno.test("overlapping pairs are joined from the left", () => {
  assertEquals(encodeWord(codes("aaaaa"), [[a, a]]), [256, 256, a]);
  assertEquals(encodeWord(codes("aaaaa"), [[a, a], [256, 256], [257, a]]), [258]);
});

Deno.test("a size without room for the bytes is refused", () => {
  for (const size of [255, 256.5, NaN]) {
    assertThrows(() => learnMerges(["ab"], size), RangeError, `of at least 256, got ${size}`);
  }
});

Deno.test("the words of a text are its bytes, cut where GPT-2 cuts", () => {
  const words = wordsOf("It's 42 “whales”,  eh?\n").map((word) =>
    new TextDecoder().decode(Uint8Array.from(word))
  );
  assertEquals(words, ["It", "'s", " 42", " “", "whales", "”,", " ", " eh", "?", "\n"]);
});

Deno.test("words joined are the text, whatever it is", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      assertEquals(wordsOf(text).flat(), codes(text));
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("each byte has a letter of its own, a printable one itself, and none is a blank", () => {
  assertEquals(new Set(BYTE_LETTERS).size, 256);
  assertEquals(BYTE_LETTERS[a] + BYTE_LETTERS[0xe9], "aé");
  assertEquals(BYTE_LETTERS[blank], "Ġ", "as in every GPT-2 vocabulary");
  assertEquals(BYTE_LETTERS[0x0a], "Ċ", "as in every GPT-2 vocabulary");
  assertEquals(BYTE_LETTERS.filter((letter) => /\s/.test(letter)), []);
});
