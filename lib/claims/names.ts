/** By which names tests, answers and pages know a question and its claims. */
import type { SpecFile } from "./spec_file.ts";

/** What the name of the test begins with that checks a question's answer. */
const ANSWER = "the answer to: ";

/** The test that checks a question's answer. */
export function answerTest(question: string): string {
  return ANSWER + question;
}

/** Whether a test is one that checks a question's answer. */
export function isAnswerTest(test: string): boolean {
  return test.startsWith(ANSWER);
}

/** The place of a question on the page. */
export function questionAnchor(number: number): string {
  return `question-${twoDigits(number)}`;
}

/** The place of a claim in all answers, to which they link. */
export function claimAnchor(number: number, id: string): string {
  return `${twoDigits(number)}-${id}`;
}

/** The same on the page of its question: what is told apart there needs no number. */
export function anchorOnPage(anchor: string): string {
  return anchor.replace(/^\d+-/, "");
}

/** What a question's page is called, such as "03-few-paths" of spec/03_few_paths_test.ts. */
export function pageName({ number, stem }: SpecFile): string {
  const subject = stem.replace(/^\d+|_test$/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `${twoDigits(number)}-${subject.replace(/^-|-$/g, "") || "question"}`;
}

/** Whether a file of the report's folder is a page that {@linkcode pageName} names. */
export function isPageName(file: string): boolean {
  return /^\d{2,}-[a-z0-9-]+\.html$/.test(file);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** a, b, ... z, aa, ab, ...: the letter of the claim at this place among those of its question. */
export function letters(place: number): string {
  const last = String.fromCharCode(97 + place % 26);
  return place < 26 ? last : letters(Math.floor(place / 26) - 1) + last;
}

/** What a name of a test or a heading of a page must be, or it would not be found again. */
export const ONE_LINE = "one line of text without tabs or control characters";

/** Whether a text is {@linkcode ONE_LINE}. */
export function isOneLine(text: string): boolean {
  return /\S/.test(text) && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}

/** Those that occur more than once, each once. */
export function repeated<T>(items: readonly T[]): T[] {
  return [...new Set(items.filter((item, i) => items.indexOf(item) < i))];
}
