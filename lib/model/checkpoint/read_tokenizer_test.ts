import { assertEquals } from "@std/assert";
import { filesOf } from "../testing/checkpoints.ts";
import { BYTE_LETTERS, byteLevelFile } from "../tokenizer/byte_level.ts";
import { readTokenizer } from "./read_tokenizer.ts";

const bytes = Object.fromEntries(BYTE_LETTERS.map((letter, id) => [letter, id]));
const vocab = { ...bytes, "Ġt": 256, "he": 257, "Ġthe": 258, "##": 259, "<|endoftext|>": 260 };
const merges = ["Ġt", "h e", "Ġt he", "# #"].map((merge) => merge === "Ġt" ? "Ġ t" : merge);
const SENTENCE = "# the## the—<|endoftext|> \n t";

Deno.test("GPT-2's two files are the tokenizer that one file would be", async () => {
  const one = byteLevelFile(vocab, merges, ["<|endoftext|>"]);
  const inOne = await readTokenizer(filesOf({ "tokenizer.json": one }), 261);
  for (const start of ["#version: 0.2\n", ""]) {
    for (const end of ["\n", "\r\n"]) {
      const text = (start + merges.join("\n")).replaceAll("\n", end) + end;
      const files = filesOf({ "vocab.json": vocab, "merges.txt": text });
      const { tokenizer, notes } = await readTokenizer(files, 261);
      const ids = tokenizer!.encode(SENTENCE);
      assertEquals(ids, inOne.tokenizer!.encode(SENTENCE), JSON.stringify([start, end]));
      assertEquals(tokenizer!.decode(ids), SENTENCE);
      assertEquals(notes, []);
    }
  }
  assertEquals(inOne.tokenizer!.encode(" the##"), [258, 259]);
});

Deno.test("one file counts where there are three", async () => {
  const files = filesOf({
    "tokenizer.json": byteLevelFile(bytes, []),
    "vocab.json": "",
    "merges.txt": "",
  });
  assertEquals((await readTokenizer(files, 256)).tokenizer!.encode("the"), [0x74, 0x68, 0x65]);
});

Deno.test("a smaller vocabulary, and tokens past the model's, are said", async () => {
  const file = byteLevelFile({ ...bytes, "<pad>": 400 }, [], ["<pad>"]);
  const model = { ...file.model, vocab: bytes };
  const files = filesOf({ "tokenizer.json": { ...file, model } });
  const { tokenizer, notes } = await readTokenizer(files, 300);
  assertEquals(notes, [
    'tokenizer.json adds tokens that the model has no row for: "<pad>"',
    "tokenizer.json has tokens up to 255, the model has 300: the rest has no text",
  ]);
  assertEquals(tokenizer!.encode("<pad>").every((id) => id < 256), true, "it is never made");
  assertEquals(tokenizer!.decode([0x61, 299]), "a\ufffd");
});

Deno.test("bytes that have no token are said, and so is that there is no tokenizer", async () => {
  const few = byteLevelFile({ a: 0, b: 1 }, []);
  const { notes } = await readTokenizer(filesOf({ "tokenizer.json": few }), 2);
  assertEquals(notes, ["tokenizer.json has no token for 254 of the 256 bytes: texts lose them"]);
  assertEquals((await readTokenizer(filesOf({}), 2)).notes.length, 1);
});

/** A tokenizer as Llama's files have it: pieces of SentencePiece, bytes where these end. */
const LLAMA = {
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: [
    { id: 0, content: "<unk>", special: true, normalized: false },
    { id: 1, content: "<s>", special: true, normalized: false },
  ],
  normalizer: {
    type: "Sequence",
    normalizers: [
      { type: "Prepend", prepend: "▁" },
      { type: "Replace", pattern: { String: " " }, content: "▁" },
    ],
  },
  pre_tokenizer: null,
  post_processor: {
    type: "TemplateProcessing",
    single: [{ SpecialToken: { id: "<s>", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
    pair: [],
    special_tokens: { "<s>": { id: "<s>", ids: [1], tokens: ["<s>"] } },
  },
  decoder: {
    type: "Sequence",
    decoders: [
      { type: "Replace", pattern: { String: "▁" }, content: " " },
      { type: "ByteFallback" },
      { type: "Fuse" },
      { type: "Strip", content: " ", start: 1, stop: 0 },
    ],
  },
  model: {
    type: "BPE",
    dropout: null,
    unk_token: "<unk>",
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: true,
    byte_fallback: true,
    vocab: { "<unk>": 0, "<s>": 1, "<0xE2>": 2, "<0x80>": 3, "<0x94>": 4, "▁": 5, a: 6, "▁a": 7 },
    merges: ["▁ a"],
  },
};

Deno.test("Llama's tokenizer begins a text and falls back to bytes", async () => {
  const { tokenizer, notes } = await readTokenizer(filesOf({ "tokenizer.json": LLAMA }), 8);
  assertEquals(notes, []);
  assertEquals(tokenizer!.encode("a a—"), [1, 7, 7, 2, 3, 4]);
  assertEquals(tokenizer!.decode([7, 7, 2, 3, 4]), "a a—");
});
