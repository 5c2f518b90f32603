import { whole } from "../checks.ts";
import { ModelFileError, quote, refuse } from "../files/file_error.ts";
import { isObject } from "../files/json.ts";
import { BYTE_LETTERS, byteLevelFile } from "../tokenizer/byte_level.ts";
import { Tokenizer } from "../tokenizer/tokenizer.ts";
import { type CheckpointFiles, readBytes, readJsonFile } from "./files.ts";

/** A tokenizer that fits a model, and what a user of it should know. */
export interface FittingTokenizer {
  readonly tokenizer?: Tokenizer;
  readonly notes: readonly string[];
}

/**
 * The tokenizer of a checkpoint: `tokenizer.json`, or GPT-2's `vocab.json` with `merges.txt`.
 *
 * @param d_vocab How many tokens the model has: all ids must be below.
 * @throws {ModelFileError} If a file is not what it should be, or the tokenizer is of another model.
 */
export async function readTokenizer(
  files: CheckpointFiles,
  d_vocab: number,
): Promise<FittingTokenizer> {
  const has = (name: string) => files.names.includes(name);
  if (has("tokenizer.json")) {
    return fitting("tokenizer.json", await readJsonFile(files, "tokenizer.json", LONGEST), d_vocab);
  }
  if (!has("vocab.json")) return { notes: ["there is no tokenizer, so tokens are mere numbers"] };
  if (has("merges.txt")) return fitting("vocab.json", await bytePairs(files), d_vocab);
  throw new ModelFileError("Cannot read vocab.json: merges.txt is required beside it");
}

/** Vocabularies of 256,000 words take 40 million bytes. */
const LONGEST = 100_000_000;

/** GPT-2's two files as one `tokenizer.json`. */
async function bytePairs(files: CheckpointFiles): Promise<unknown> {
  const vocab = await readJsonFile(files, "vocab.json", LONGEST);
  if (!isObject(vocab)) refuse("vocab.json", "the file", "an object from tokens to ids", vocab);
  const lines = new TextDecoder().decode(await readBytes(files, "merges.txt")).split(/\r?\n/);
  const merges = lines.filter((line, i) =>
    line !== "" && !(i === 0 && line.startsWith("#version"))
  );
  for (const merge of merges) {
    const [left, right = "", ...more] = merge.split(" ");
    const tokens = [left, right, left + right];
    if (more.length === 0 && tokens.every((token) => Object.hasOwn(vocab, token))) continue;
    const required = "two tokens of vocab.json, a blank between them, that make a third";
    refuse("merges.txt", "every line", required, merge);
  }
  const special = Object.keys(vocab).filter((token) => /^<\|.+\|>$/.test(token));
  return byteLevelFile(vocab as Record<string, number>, merges, special);
}

/** Checks a parsed `tokenizer.json` before the library reads it, which trusts what it is given. */
function fitting(file: string, json: unknown, d_vocab: number): FittingTokenizer {
  if (!isObject(json)) refuse(file, "the file", "a JSON object", json);
  const vocab = vocabulary(file, json.model);
  checkIds(file, vocab, d_vocab);
  const added = addedTokens(file, json.added_tokens);
  const tokenizer = made(file, { ...json, added_tokens: added.filter(({ id }) => id < d_vocab) });
  const beyond = added.filter(({ id }) => id >= d_vocab).map(({ content }) => quote(content));
  const notes = [
    beyond.length > 0 && `${file} adds tokens that the model has no row for: ${beyond.join(", ")}`,
    tokenizer.size < d_vocab &&
    `${file} has tokens up to ${
      tokenizer.size - 1
    }, the model has ${d_vocab}: the rest has no text`,
    lostBytes(file, json, vocab),
  ];
  return { tokenizer, notes: notes.filter((note) => note !== false) };
}

/** The tokens that are learned, with their ids: an object, or a list in which these are places. */
function vocabulary(file: string, model: unknown): ReadonlyMap<string, unknown> {
  const vocab = isObject(model) ? model.vocab : undefined;
  if (isObject(vocab)) return new Map(Object.entries(vocab));
  if (!Array.isArray(vocab) || !vocab.every((entry) => Array.isArray(entry))) {
    refuse(file, "model.vocab", "an object from tokens to ids, or a list of [token, score]", vocab);
  }
  return new Map(vocab.map(([token], id) => [String(token), id]));
}

function checkIds(file: string, vocab: ReadonlyMap<string, unknown>, d_vocab: number): void {
  const holders = new Map<unknown, string>();
  for (const [token, id] of vocab) {
    const part = `the id of ${quote(token)}`;
    if (!whole(0)[0](id) || (id as number) >= d_vocab) {
      refuse(file, part, `a whole number below the model's vocab_size, ${d_vocab}`, id);
    }
    const other = holders.get(id);
    if (other !== undefined) refuse(file, part, `another one than that of ${quote(other)}`, id);
    holders.set(id, token);
  }
}

interface AddedToken {
  readonly id: number;
  readonly content: string;
}

function addedTokens(file: string, added: unknown): readonly AddedToken[] {
  if (added === undefined || added === null) return [];
  const ok = Array.isArray(added) &&
    added.every((token) =>
      isObject(token) && whole(0)[0](token.id) && typeof token.content === "string" &&
      token.content !== ""
    );
  if (!ok) refuse(file, "added_tokens", "a list of objects with id and content", added);
  return added;
}

/** The nonsense that the library runs into is the file's. */
function made(file: string, json: Readonly<Record<string, unknown>>): Tokenizer {
  try {
    const tokenizer = new Tokenizer(json);
    tokenizer.encode("a"); // what is missing is missed only when it is needed
    return tokenizer;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelFileError(`Cannot read ${file}: it makes no tokenizer: ${reason}`, { cause });
  }
}

/** A byte without a token of its own is left out of texts, where nothing stands for the unknown. */
function lostBytes(
  file: string,
  { model, pre_tokenizer }: Readonly<Record<string, unknown>>,
  vocab: ReadonlyMap<string, unknown>,
): string | false {
  const byteLevel = isObject(pre_tokenizer) && pre_tokenizer.type === "ByteLevel";
  if (!byteLevel || (isObject(model) && typeof model.unk_token === "string")) return false;
  const lost = BYTE_LETTERS.filter((letter) => !vocab.has(letter)).length;
  return lost > 0 && `${file} has no token for ${lost} of the 256 bytes: texts lose them`;
}
