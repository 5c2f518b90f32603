import { isSource, isTied, type Prose } from "./prose.ts";

/** In place of a slot: a letter, so that what stands beside it is no number of its own. */
const SLOT = "\u{10400}";

/** Digits that were typed into prose, each with the characters around it. */
export function typedDigits(prose: Prose, allowed: readonly string[]): string[] {
  const text = withoutCode(prose.typed.join(SLOT))
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

function withoutCode(text: string): string {
  return text.replace(/^ *```[^]*?^ *```/gm, "").replace(/`[^`]*`/g, "code");
}
