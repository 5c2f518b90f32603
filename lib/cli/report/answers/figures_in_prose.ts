import type { Question } from "../../../report/mod.ts";

/** The figures of an answer as they are shown, in the order of the page, by the claim they come from. */
export function figuresInProse(
  { parts, wouldChange }: Pick<Question, "parts" | "wouldChange">,
): Map<string, string[]> {
  const texts = [...parts.flatMap((part) => part.paragraphs.map(({ text }) => text)), wouldChange];
  // A reference is a link of the same form whose text is a letter.
  const links = texts.join("\n").matchAll(/\[([^[\]]*\d[^[\]]*)\]\(#\d+-([a-z0-9-]+)\)/g);
  const figures = new Map<string, string[]>();
  for (const [, figure, claim] of links) {
    figures.set(claim, [...figures.get(claim) ?? [], figure]);
  }
  return figures;
}

/** Which figures of a claim are shown otherwise than before: each in words. */
export function changedFigures(before: readonly string[], now: readonly string[]): string[] {
  if (before.length === now.length) {
    return before.flatMap((figure, i) => figure === now[i] ? [] : [`${figure} → ${now[i]}`]);
  }
  // Where the prose is another, nobody knows which figure was which.
  const gone = before.filter((figure) => !now.includes(figure));
  const added = now.filter((figure) => !before.includes(figure));
  if (gone.length + added.length === 0) return [];
  return [`${gone.join(", ") || "nothing"} → ${added.join(", ") || "nothing"}`];
}
