/** For tests: books of a few letters, with a tokenizer of bytes. */
import { type Books, tokenizedBooks } from "../data/text_data.ts";
import { Tokenizer } from "../../model/tokenizer/tokenizer.ts";
import { tokenizerFile } from "../data/tokenizer.ts";

const SOURCE = { source: "npm:toy@1.0.0", sha256: "0".repeat(64), files: 2, held_out: ["b.txt"] };

/** One text to learn from and one that is held out; a token is a byte, a letter is a character. */
export function toyBooks(training: string, heldOut: string): Books {
  return tokenizedBooks({
    seed: "toy",
    heldOutShare: 0.5,
    data: [SOURCE],
    training: [{ name: "a.txt", text: training }],
    heldOut: [{ name: "b.txt", text: heldOut }],
  }, new Tokenizer(tokenizerFile([])));
}
