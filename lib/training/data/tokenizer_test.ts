import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { encodeWord, learnMerges, wordsOf } from "./bpe.ts";
import { anyText } from "../../model/testing/text_arbitrary.ts";
import { Tokenizer } from "../../model/tokenizer/tokenizer.ts";
import { tokenizeAll, tokenizerFile } from "./tokenizer.ts";

const SAMPLE = "the whale — the white whale’s wake; the thing that the other one thought of. "
  .repeat(3);
const merges = learnMerges([SAMPLE], 290);
const tokenizer = new Tokenizer(tokenizerFile(merges));

/** Texts of any characters, of the sample's own letters, and of both. */
const text = fc.oneof(
  anyText,
  fc.string({ unit: fc.constantFrom(..."thewal kingof.,’—\n "), maxLength: 60 }),
  fc.array(fc.constantFrom("the", " whale", " .", " n't", "🐋", "\u0301", "\r\n"), {
    maxLength: 20,
  })
    .map((parts) => parts.join("")),
);

Deno.test("any text comes back from its tokens", () => {
  fc.assert(
    fc.property(text, (text) => assertEquals(tokenizer.decode(tokenizer.encode(text)), text)),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("the library encodes as the definition of byte-pair encoding does", () => {
  fc.assert(
    fc.property(text, (text) => {
      const expected = wordsOf(text).flatMap((word) => encodeWord(word, merges));
      assertEquals(tokenizer.encode(text), expected);
    }),
    { seed: 2, numRuns: 500 },
  );
});

Deno.test("the characters of a text's tokens add up to the text's characters", () => {
  fc.assert(
    fc.property(text, (text) => {
      const sum = tokenizer.encode(text).reduce((sum, id) => sum + tokenizer.characters(id), 0);
      assertEquals(sum, [...text].length);
    }),
    { seed: 3, numRuns: 500 },
  );
});

Deno.test("a vocabulary is the bytes by value and then the merges in order", () => {
  const small = new Tokenizer(tokenizerFile([[0x20, 0x74], [0x68, 0x65], [256, 257]]));
  assertEquals(small.size, 259);
  assertEquals(small.encode("A the the"), [0x41, 258, 258]);
  assertEquals(small.encode("he—"), [257, 0xe2, 0x80, 0x94], "an em dash is three bytes");
  assertEquals(small.decode([258, 0xe2, 0x80]), " the\ufffd", "half a character is none");
});

Deno.test("an unpaired surrogate becomes the replacement character", () => {
  assertEquals(tokenizer.decode(tokenizer.encode("a\ud800b")), "a\ufffdb");
});

Deno.test("texts are tokenized one by one", () => {
  const texts = [{ name: "one", text: "he" }, { name: "none", text: "" }];
  assertEquals(tokenizeAll(texts, new Tokenizer(tokenizerFile([]))), [
    { name: "one", tokens: Uint32Array.of(0x68, 0x65) },
    { name: "none", tokens: new Uint32Array(0) },
  ]);
});

/** A tokenizer of bytes and one token more, "th", of the id given. */
function withToken(id: number): Tokenizer {
  const { model, ...file } = tokenizerFile([[0x74, 0x68]]);
  return new Tokenizer({ ...file, model: { ...model, vocab: { ...model.vocab, th: id } } });
}

for (const [what, id] of Object.entries({ "past 16 bits": 69_999, "behind a hole": 300 })) {
  Deno.test(`a token whose id is ${what} is one like any other`, () => {
    const tokenizer = withToken(id);
    assertEquals(tokenizer.size, id + 1);
    const [{ tokens }] = tokenizeAll([{ name: "a", text: "the" }], tokenizer);
    assertEquals([...tokens], [id, 0x65]);
    assertEquals(tokenizer.decode([...tokens]), "the");
    assertEquals(
      [id, id - 1].map((id) => tokenizer.characters(id)),
      [2, 0],
      "the id before is none",
    );
  });
}

Deno.test("a token may be of more characters than a byte can count", () => {
  const doubled = Array.from(
    { length: 9 },
    (_, i): [number, number] => i === 0 ? [0x61, 0x61] : [255 + i, 255 + i],
  );
  assertEquals(new Tokenizer(tokenizerFile(doubled)).characters(264), 512);
});
