import type { Essay, Paragraph, Part } from "./essay.ts";
import { FORMULA } from "./formula.ts";
import { isMeasured, isSource, isTied, type Prose, type Slot } from "./prose.ts";
import { typedDigits, wordsWithDigits } from "./prose_check.ts";

/** The most words of a short answer. */
export const SHORT_WORDS = 60;
/** The most words of main text in an answer, or in a part of one; asides do not count. */
export const MAIN_WORDS = 350;
/** The most measured figures in that. */
export const MAIN_FIGURES = 8;

/**
 * What is wrong with the form of an answer: too long, too many figures, something missing.
 *
 * @param question Whose figures a short answer may repeat.
 */
export function essayProblems({ parts, wouldChange }: Essay, question: string): string[] {
  return [
    ...parts.flatMap((part, place) => partProblems(part, place, question)),
    ...(wouldChange ? [] : ["The answer does not say what would change our mind"]),
  ];
}

function partProblems(part: Part, place: number, question: string): string[] {
  const where = part.title === undefined ? "The answer" : `The part "${part.title}"`;
  const main = part.paragraphs.filter(({ kind }) => kind !== "aside").map(({ prose }) => prose);
  const figures = main.flatMap(({ slots }) => slots.filter(isMeasured)).length;
  const words = main.reduce((sum, prose) => sum + wordsIn(prose), 0);
  const empty = part.paragraphs.length === 0 && place > 0;
  return [
    ...shortProblems(where, question, part.short),
    ...(empty ? [`${where} has no paragraph`] : []),
    ...(figures > MAIN_FIGURES
      ? [`${where} has ${figures} measured figures in its main text: at most ${MAIN_FIGURES}`]
      : []),
    ...(words > MAIN_WORDS
      ? [`${where} has ${words} words of main text: at most ${MAIN_WORDS}`]
      : []),
    ...part.paragraphs.flatMap((paragraph) => untied(where, paragraph)),
  ];
}

function shortProblems(where: string, question: string, short?: Prose): string[] {
  if (!short) return [`${where} has no short answer`];
  const words = wordsIn(short);
  const [digits] = typedDigits(short, [question, ...wordsWithDigits(question)]);
  return [
    ...(words > SHORT_WORDS
      ? [`${where}: a short answer has at most ${SHORT_WORDS} words, got ${words}`]
      : []),
    ...(short.slots.some(isMeasured) || digits !== undefined
      ? [
        `${where}: a short answer has no figure in it but its question's, got "${
          digits ?? "one that is measured"
        }"`,
      ]
      : []),
  ];
}

/** Every paragraph rests on something: a claim, or in an aside or a caveat also a source. */
function untied(where: string, { kind, prose }: Paragraph): string[] {
  if (prose.slots.some((slot) => isTied(slot) || (kind !== "say" && isSource(slot)))) return [];
  return [`${where}: a paragraph refers to no claim: "${opening(prose)}"`];
}

/** How many words a reader reads: a figure or a formula is one, a reference to a claim none. */
function wordsIn({ typed, slots }: Prose): number {
  const text = typed.reduce((all, next, i) => all + readAs(slots[i - 1]) + next)
    .replace(FORMULA, "formula");
  return text.match(/[\p{L}\p{Nd}]+(?:['’.,-][\p{L}\p{Nd}]+)*/gu)?.length ?? 0;
}

function readAs(slot: Slot): string {
  if (isTied(slot)) return isMeasured(slot) ? "figure" : "";
  return isSource(slot) ? `${slot.authors} ${slot.year}` : slot.name;
}

function opening({ typed }: Prose): string {
  return typed.join("...").trim().replace(/\s+/g, " ").slice(0, 60);
}
