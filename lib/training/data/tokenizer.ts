import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { BYTE_LETTERS, type Merge, PRE_TOKENIZER } from "./bpe.ts";
import type { Text } from "./corpus.ts";

/** A byte-level byte-pair tokenizer in Hugging Face's format: the text of a `tokenizer.json`. */
export interface TokenizerFile {
  readonly model: {
    readonly vocab: Readonly<Record<string, number>>;
    /** Two tokens with a blank between them; no token holds one. */
    readonly merges: readonly string[];
    readonly [setting: string]: unknown;
  };
  readonly [setting: string]: unknown;
}

/** Writes merges in Hugging Face's format. There are no special tokens and nothing is unknown. */
export function tokenizerFile(merges: readonly Merge[]): TokenizerFile {
  const tokens = [...BYTE_LETTERS];
  for (const [left, right] of merges) tokens.push(tokens[left] + tokens[right]);
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: PRE_TOKENIZER,
    post_processor: null,
    decoder: PRE_TOKENIZER,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: merges.map(([left, right]) => `${tokens[left]} ${tokens[right]}`),
    },
  };
}

/** The tokens of one whole text. */
export interface TokenizedText {
  readonly name: string;
  readonly tokens: Uint32Array;
}

/** The tokens of some texts. */
export function tokenizeAll(texts: readonly Text[], tokenizer: Tokenizer): TokenizedText[] {
  return texts.map(({ name, text }) => ({
    name,
    tokens: Uint32Array.from(tokenizer.encode(text)),
  }));
}

/** Turns text into tokens and back. */
export class Tokenizer {
  /** One more than the highest id of a token: how many rows a table of them needs. */
  readonly size: number;
  readonly #tokenizer: HuggingFaceTokenizer;
  /** By id; nothing where a vocabulary leaves one out. */
  readonly #characters: number[] = [];

  /** @param file A parsed `tokenizer.json`. */
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

  /** The tokens of a text. An unpaired surrogate becomes U+FFFD, as everywhere in UTF-8. */
  encode(text: string): number[] {
    return text === "" ? [] : this.#tokenizer.encode(text).ids;
  }

  /** The text of some tokens; bytes that are no UTF-8 become U+FFFD. */
  decode(tokens: readonly number[]): string {
    return tokens.length === 0 ? "" : this.#tokenizer.decode([...tokens]);
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

/** A byte of UTF-8 begins a character unless it looks like 10xxxxxx. */
function charactersBegun(token: string): number {
  return Array.from(token).filter((letter) => (BYTE_LETTERS.indexOf(letter) & 0xc0) !== 0x80)
    .length;
}
