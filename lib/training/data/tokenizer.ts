import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { BYTE_LETTERS, learnMerges, type Merge, PRE_TOKENIZER } from "./bpe.ts";
import type { Text } from "./corpus.ts";

/** A byte-level byte-pair tokenizer in Hugging Face's format: the text of a `tokenizer.json`. */
export interface TokenizerFile {
  readonly version: "1.0";
  readonly truncation: null;
  readonly padding: null;
  readonly added_tokens: readonly never[];
  readonly normalizer: null;
  readonly pre_tokenizer: typeof PRE_TOKENIZER;
  readonly post_processor: null;
  readonly decoder: typeof PRE_TOKENIZER;
  readonly model: {
    readonly type: "BPE";
    readonly dropout: null;
    readonly unk_token: null;
    readonly continuing_subword_prefix: null;
    readonly end_of_word_suffix: null;
    readonly fuse_unk: false;
    readonly byte_fallback: false;
    readonly ignore_merges: false;
    readonly vocab: Readonly<Record<string, number>>;
    /** Two tokens with a blank between them; no token holds one. */
    readonly merges: readonly string[];
  };
}

/** Learns a tokenizer of `size` tokens from some texts; the same texts give the same file. */
export function learnTokenizer(texts: readonly Text[], size: number): TokenizerFile {
  return tokenizerFile(learnMerges(texts.map(({ text }) => text), size));
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
  readonly tokens: Uint16Array;
}

/** The tokens of some texts. */
export function tokenizeAll(texts: readonly Text[], tokenizer: Tokenizer): TokenizedText[] {
  return texts.map(({ name, text }) => ({
    name,
    tokens: Uint16Array.from(tokenizer.encode(text)),
  }));
}

/** Turns text into tokens and back. */
export class Tokenizer {
  /** How many tokens the vocabulary has. */
  readonly size: number;
  readonly #tokenizer: HuggingFaceTokenizer;
  readonly #characters: Uint8Array;

  /** @param file A parsed `tokenizer.json`. */
  constructor(file: unknown) {
    // Without this setting the library tidies blanks before punctuation: text would not come back.
    this.#tokenizer = new HuggingFaceTokenizer(
      file as ConstructorParameters<typeof HuggingFaceTokenizer>[0],
      { clean_up_tokenization_spaces: false },
    );
    const tokens = [...this.#tokenizer.get_vocab().keys()];
    this.size = tokens.length;
    this.#characters = Uint8Array.from(tokens, charactersBegun);
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
   * of characters, although a character may be spread over several tokens.
   */
  characters(token: number): number {
    return this.#characters[token];
  }
}

/** A byte of UTF-8 begins a character unless it looks like 10xxxxxx. */
function charactersBegun(token: string): number {
  return Array.from(token).filter((letter) => (BYTE_LETTERS.indexOf(letter) & 0xc0) !== 0x80)
    .length;
}
