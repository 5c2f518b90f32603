import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { BYTE_LETTERS } from "./byte_level.ts";

/** Turns text into tokens and back. */
export class Tokenizer {
  /** One more than the highest id of a token: how many rows a table of them needs. */
  readonly size: number;
  readonly #tokenizer: HuggingFaceTokenizer;
  /** By id; nothing where a vocabulary leaves one out. */
  readonly #characters: number[] = [];

  /**
   * Makes one of what a file says.
   *
   * @param file A parsed `tokenizer.json`.
   */
  constructor(file: unknown) {
    // Without this setting the library tidies blanks before punctuation: text would not come back.
    this.#tokenizer = new HuggingFaceTokenizer(
      file as ConstructorParameters<typeof HuggingFaceTokenizer>[0],
      { clean_up_tokenization_spaces: false },
    );
    const vocab: Map<string | undefined, number> = this.#tokenizer.get_vocab();
    for (const [token, id] of vocab) {
      if (token !== undefined) this.#characters[id] = charactersBegun(token);
    }
    this.size = this.#characters.length;
  }

  /**
   * The tokens of a text. An unpaired surrogate becomes U+FFFD, as everywhere in UTF-8.
   *
   * @throws {RangeError} If a piece of it has no token, and the tokenizer none for the unknown; or if
   * what the tokenizer's file says cannot be done.
   */
  encode(text: string): number[] {
    if (text === "") return [];
    const { ids, tokens } = attempt("encode", () => this.#tokenizer.encode(text));
    const bad = ids.findIndex((id) => id === undefined);
    if (bad < 0) return ids;
    const piece = JSON.stringify(`${tokens[bad] ?? text}`.slice(0, 40));
    throw new RangeError(`Cannot encode: the tokenizer has no token for ${piece}`);
  }

  /** The text of some tokens; bytes that are no UTF-8 become U+FFFD, and so does an id without token. */
  decode(tokens: readonly number[]): string {
    const runs: number[][] = [[]]; // of ids that have tokens; between them stands one that has none
    for (const token of tokens) {
      if (this.#characters[token] === undefined) runs.push([]);
      else runs[runs.length - 1].push(token);
    }
    return runs.map((run) =>
      run.length === 0 ? "" : attempt("decode", () => this.#tokenizer.decode(run))
    ).join("\ufffd");
  }

  /**
   * How many characters begin in a token. Summed over the tokens of a text it is the text's number
   * of characters, although a character may be spread over several tokens. An id that no token has
   * begins none.
   */
  characters(token: number): number {
    return this.#characters[token] ?? 0;
  }
}

/** What a file says may be taken by the library and still be nothing that it can do. */
function attempt<T>(what: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw new RangeError(`Cannot ${what}: tokenizer.json cannot be followed`, { cause: error });
  }
}

/** A byte of UTF-8 begins a character unless it looks like 10xxxxxx. */
function charactersBegun(token: string): number {
  return Array.from(token).filter((letter) => (BYTE_LETTERS.indexOf(letter) & 0xc0) !== 0x80)
    .length;
}
