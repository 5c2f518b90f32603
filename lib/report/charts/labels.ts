import { oneLine } from "../plain_text.ts";

/** How wide a character of the charts' text is, near enough to leave room for it. */
export const CHARACTER = 7.5;

/** Height of a line of a label that has several. */
export const LINE = 15;

/** How wide the longest of some labels is. */
export function widthOf(labels: readonly string[]): number {
  return Math.max(...labels.map((label) => [...label].length)) * CHARACTER;
}

/** Room to the right of a frame, where half of the last of these labels stands beyond it. */
export function overhang(labels: readonly string[]): number {
  return Math.max(16, widthOf(labels.slice(-1)) / 2);
}

/** Labels in lines, so that all of what they say is there. */
export interface Lettering {
  /** A label as Plot takes it: its lines, one under the other. */
  readonly of: (label: unknown) => string;
  /** Of the longest line. */
  readonly width: number;
  /** As many as the longest label has. */
  readonly lines: number;
  /** Whether a word is longer than a line, and was cut. */
  readonly cut: boolean;
}

/** Labels in lines no wider than this. */
export function lettering(labels: readonly string[], width: number): Lettering {
  const of = (label: unknown) => wrapped(oneLine(String(label)), width).join("\n");
  const all = labels.map((label) => of(label).split("\n"));
  const words = labels.flatMap((label) => label.split(/\s+/));
  return {
    of,
    width: widthOf(all.flat()),
    lines: Math.max(...all.map((lines) => lines.length)),
    cut: widthOf(words) > width,
  };
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
