/** Byte-level byte-pair encoding as GPT-2 has it, in the format of a `tokenizer.json`. */

/** The pre-tokenizer of GPT-2, as `tokenizer.json` writes it: merges never cross its words. */
export const PRE_TOKENIZER = {
  type: "ByteLevel",
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: true,
} as const;

/**
 * The letter that stands for each byte in `tokenizer.json`: GPT-2's table. Printable bytes stand
 * for themselves; the others get the letters from U+0100 on, so that no token holds a blank.
 */
export const BYTE_LETTERS: readonly string[] = byteLetters();

function byteLetters(): string[] {
  const printable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xff && byte !== 0xad);
  let others = 0;
  return Array.from(
    { length: 256 },
    (_, byte) => String.fromCharCode(printable(byte) ? byte : 0x100 + others++),
  );
}

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

/**
 * Writes such a tokenizer; nothing is unknown to it.
 *
 * @param special Tokens that are found in a text before anything is split; they must have ids.
 */
export function byteLevelFile(
  vocab: Readonly<Record<string, number>>,
  merges: readonly string[],
  special: readonly string[] = [],
): TokenizerFile {
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special.map((content) => {
      const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false };
      return { id: vocab[content], content, ...plain, special: true };
    }),
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
      vocab,
      merges,
    },
  };
}
