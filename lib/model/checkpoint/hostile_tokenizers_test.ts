/** Folders whose tokenizer is odd are refused with their reason. */
import { bytes, refuses, withFiles, withTokenizer, withVocab } from "../testing/hostile_folders.ts";

refuses({
  "a tokenizer that is no object": [
    { "tokenizer.json": "[]" },
    "Cannot read tokenizer.json: the file must be a JSON object, got []",
  ],
  "a tokenizer without words": [
    withTokenizer({ model: {} }),
    "model.vocab must be an object from tokens to ids",
  ],
  "a tokenizer of another model": [
    withVocab({ ...bytes, more: 50_256 }),
    `the id of "more" must be a whole number below the model's vocab_size, 300, got 50256`,
  ],
  "an id that is a word": [withVocab({ ...bytes, more: "7" }), `got "7"`],
  "an id below 0": [withVocab({ ...bytes, more: -1 }), "got -1"],
  "one id for two": [
    withVocab({ ...bytes, more: 65 }),
    `the id of "more" must be another one than that of "A", got 65`,
  ],
  "added tokens that are none": [
    withTokenizer({ added_tokens: [{ id: "1", content: "a" }] }),
    "added_tokens must be a list of objects with id and content",
  ],
  "a tokenizer of no kind": [
    withTokenizer({ model: { type: "Oracle", vocab: {} }, pre_tokenizer: { type: "Oracle" } }),
    "Cannot read tokenizer.json: it makes no tokenizer: ",
  ],
  "a part that is nonsense": [
    withTokenizer({ post_processor: { type: "TemplateProcessing" } }),
    "Cannot read tokenizer.json: it makes no tokenizer: ",
  ],
  "words without merges": [withFiles(bytes), "Cannot read vocab.json: merges.txt is required"],
  "merges of what is not there": [
    withFiles(bytes, "#version: 0.2\na b\n"),
    `every line must be two tokens of vocab.json, a blank between them, that make a third, got "a b"`,
  ],
  "merges that are none": [withFiles({ ...bytes, abc: 256 }, "abc"), `got "abc"`],
  "words that are a list": [withFiles([], ""), "the file must be an object from tokens to ids"],
});
