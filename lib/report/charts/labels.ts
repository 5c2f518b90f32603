import { oneLine } from "../plain_text.ts";

/** How wide a character of the charts' text is, near enough to leave room for it. */
export const CHARACTER = 7.5;

/** The longest label that leaves room for the chart, in characters. */
const LONGEST = 30;

/** A label cut to what leaves room for the chart; the table beside it has all of it. */
export function shorten(label: unknown, longest = LONGEST): string {
  const letters = [...oneLine(String(label))];
  const cut = letters.length > longest;
  return cut ? `${letters.slice(0, longest - 1).join("").trimEnd()}…` : letters.join("");
}

/** How wide the longest of some labels is. */
export function widthOf(labels: readonly string[]): number {
  return Math.max(...labels.map((label) => [...label].length)) * CHARACTER;
}

/** Room for the longest of some labels, once shortened. */
export function roomFor(labels: readonly string[], longest?: number): number {
  return widthOf(labels.map((label) => shorten(label, longest))) + 16;
}

/** A text in lines no wider than this, broken between words; a longer word is cut. */
export function wrapped(text: string, width: number): string[] {
  const longest = Math.max(4, Math.floor(width / CHARACTER));
  const pieces = new RegExp(`.{1,${longest}}`, "gsu");
  const lines: string[] = [""];
  for (const word of text.split(/\s+/).flatMap((word) => word.match(pieces) ?? [])) {
    const last = lines[lines.length - 1];
    const joined = last === "" ? word : `${last} ${word}`;
    if (last !== "" && [...joined].length > longest) lines.push(word);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}
