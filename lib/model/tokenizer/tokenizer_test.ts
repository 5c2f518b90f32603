import { assertEquals, assertThrows } from "@std/assert";
import { BYTE_LETTERS, byteLevelFile } from "./byte_level.ts";
import { Tokenizer } from "./tokenizer.ts";

const bytes = Object.fromEntries(BYTE_LETTERS.map((letter, id) => [letter, id]));

Deno.test("an id that has no token is one character that nobody wrote", () => {
  const { size, ...rest } = { size: 300, th: 299 };
  const tokenizer = new Tokenizer(byteLevelFile({ ...bytes, ...rest }, ["t h"]));
  assertEquals(tokenizer.size, size);
  assertEquals(tokenizer.encode("the"), [299, 0x65]);
  assertEquals(tokenizer.decode([260]), "\ufffd");
  assertEquals(tokenizer.decode([299, 260, 400, 0x65]), "th\ufffd\ufffde");
  assertEquals(tokenizer.decode([]), "");
});

Deno.test("a text of nothing but ids without tokens does not overflow", () => {
  const tokenizer = new Tokenizer(byteLevelFile(bytes, []));
  assertEquals(tokenizer.decode(Array(100_000).fill(256)).length, 100_000);
});

Deno.test("what a vocabulary of words does not know is refused, with the piece", () => {
  const tokenizer = new Tokenizer({
    ...byteLevelFile({}, []),
    pre_tokenizer: { type: "WhitespaceSplit" },
    decoder: null,
    model: { type: "WordLevel", vocab: { a: 0, b: 1 }, unk_token: "?" },
  });
  assertEquals(tokenizer.encode("b a"), [1, 0]);
  const message = `Cannot encode: the tokenizer has no token for "c"`;
  assertThrows(() => tokenizer.encode("a c"), RangeError, message);
});

Deno.test("a special token is found in a text before anything is split", () => {
  const vocab = { ...bytes, "<|endoftext|>": 256 };
  const tokenizer = new Tokenizer(byteLevelFile(vocab, [], ["<|endoftext|>"]));
  assertEquals(tokenizer.encode("a<|endoftext|>b"), [0x61, 256, 0x62]);
  assertEquals(tokenizer.decode([0x61, 256]), "a<|endoftext|>");
});
