import { isSource, isTied, type Prose } from "./prose.ts";

/** In place of a slot that is tied to a claim: a capital, so that a sentence may begin with it. */
const TIED = "\u{10400}";
/** In place of any other slot. */
const OTHER = "\u{10401}";

/** Digits that were typed into prose, each with the characters around it. */
export function typedDigits(prose: Prose, allowed: readonly string[]): string[] {
  const text = withoutCode(withMarks(prose))
    .replace(/\]\([^)]*\)/g, "]") // the targets of links
    .replace(/\[[^\]\d]*\p{L}[^\]\d]*\d{4}[a-z]?\]/gu, "") // [Elhage et al. 2021]
    .replace(/^\s*\d+\. /gm, ""); // the numbers of a list
  return [...without(text, allowed).matchAll(/\S*\p{Nd}\S*/gu)].map(([word]) => word);
}

/** The text without some words; a number is not taken out of the middle of another. */
function without(text: string, words: readonly string[]): string {
  const escape = (word: string) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  // Longest first: taken out of "gpt-2-xl", the name "gpt-2" would leave a rest.
  const choice = [...words].sort((a, b) => b.length - a.length).map(escape).join("|");
  if (choice === "") return text;
  const inNumber = [
    String.raw`(?<![\p{L}\p{Nd}]|\p{Nd}[.,])`,
    String.raw`(?![\p{L}\p{Nd}]|[.,]\p{Nd})`,
  ];
  return text.replace(new RegExp(`${inNumber[0]}(?:${choice})${inNumber[1]}`, "gu"), "");
}

/** The words with digits of a question, which its answer may repeat. */
export function wordsWithDigits(question: string): string[] {
  return question.match(/[\p{L}\p{Nd}.,-]*\p{Nd}[\p{L}\p{Nd}-]*/gu) ?? [];
}

/** The names in slots that have digits and are none of those known. */
export function strangeNames({ slots }: Prose, known: readonly string[]): string[] {
  return slots.flatMap((slot) => isTied(slot) || isSource(slot) ? [] : [String(slot?.name)])
    .filter((name) => /\p{Nd}/u.test(name) && !known.includes(name));
}

/** The sentences that are tied to no claim. */
export function untiedSentences(prose: Prose): string[] {
  return blocks(withoutCode(withMarks(prose)))
    .flatMap((block) => sentences(block))
    .filter((sentence) => !sentence.includes(TIED))
    .filter((sentence) => /\p{L}/u.test(sentence.replaceAll(OTHER, "")))
    .map((sentence) => sentence.replaceAll(OTHER, "...").trim());
}

function withMarks(prose: Prose): string {
  return prose.typed.reduce((text, typed, i) =>
    text + (isTied(prose.slots[i - 1]) ? TIED : OTHER) + typed
  );
}

function withoutCode(text: string): string {
  return text.replace(/^ *```[^]*?^ *```/gm, "").replace(/`[^`]*`/g, "code");
}

/** Paragraphs and list items, each on one line; headings are no sentences. */
function blocks(text: string): string[] {
  return text.split(/\n\s*\n|\n\s*(?=[-*+] |\d+\. )/)
    .map((block) => block.replace(/\s+/g, " ").trim())
    .filter((block) => !block.startsWith("#"));
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

function sentences(block: string): string[] {
  // A reference after the full stop belongs to the sentence before it.
  const inside = block.replace(new RegExp(`([.!?]["')*]*)(${TIED}+)(?= |$)`, "gu"), "$2$1");
  return [...segmenter.segment(inside)].map(({ segment }) => segment);
}
