import {
  BYTE_LETTERS,
  byteLevelFile,
  type TokenizerFile,
} from "../../model/tokenizer/byte_level.ts";
import type { Tokenizer } from "../../model/tokenizer/tokenizer.ts";
import type { Merge } from "./bpe.ts";
import type { Text } from "./corpus.ts";

/** Writes merges in Hugging Face's format. There are no special tokens and nothing is unknown. */
export function tokenizerFile(merges: readonly Merge[]): TokenizerFile {
  const tokens = [...BYTE_LETTERS];
  for (const [left, right] of merges) tokens.push(tokens[left] + tokens[right]);
  return byteLevelFile(
    Object.fromEntries(tokens.map((token, id) => [token, id])),
    merges.map(([left, right]) => `${tokens[left]} ${tokens[right]}`),
  );
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
