import { CHARACTER, wrapped } from "../labels.ts";
import { moved, type Svg, words } from "../svg.ts";

/** Marks that take so much room from the top down; the width is that of the drawing. */
export interface Block {
  readonly height: number;
  readonly marks: readonly Svg[];
}

/** Height of a line of words. */
export const LINE = 18;

/** Blocks one under the other. */
export function stacked(blocks: readonly Block[], gap: number): Block {
  let top = 0;
  const marks = blocks.map((block) => {
    const placed = moved(0, top, block.marks);
    top += block.height + gap;
    return placed;
  });
  return { height: Math.max(0, top - gap), marks };
}

/** Words in as many lines as the width requires, nothing where there are none. */
export function lettering(
  text: string | undefined,
  { width, ...style }: { readonly width: number } & Readonly<Record<string, number | string>>,
): Block {
  if (text === undefined || text.trim() === "") return { height: 0, marks: [] };
  const lines = wrapped(text.trim(), width);
  const marks = lines.map((line, i) => words(line, { y: (i + 0.5) * LINE, ...style }));
  return { height: lines.length * LINE, marks };
}

/** A panel under its name; bold letters are wider. */
export function underName(name: string | undefined, panel: Block, width: number): Block {
  const title = lettering(name, { width: width * 0.93, "font-weight": 600 });
  return title.height === 0 ? panel : stacked([title, panel], 6);
}

/** About how wide words are at a size. */
export function textWidth(text: string, size = 13): number {
  return [...text].length * CHARACTER * size / 13;
}
