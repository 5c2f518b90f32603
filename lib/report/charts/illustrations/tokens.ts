import { shownToken } from "../../figure_labels.ts";
import { type Attributes, type Svg, svg, words } from "../svg.ts";
import { textWidth } from "./block.ts";

/** Between words; the pieces of a word touch. */
export const BETWEEN = 7;

/** A place in a text: a token's box. */
export interface Box {
  readonly x: number;
  readonly width: number;
}

/** The room before each token: none where it continues a word. */
export function roomsBefore(tokens: readonly string[]): number[] {
  const pieces = tokens.some((token) => token.startsWith(" "));
  return tokens.map((token, i) => i > 0 && (!pieces || /^\s/.test(token)) ? BETWEEN : 0);
}

/** How wide a token's box is, at a size of its letters. */
export function boxWidth(token: string, size = 13): number {
  return Math.max(18, textWidth(shownToken(token), size) + 9);
}

/** The letters of a token in the middle of a place. */
export function tokenWords(token: string, at: Attributes): Svg {
  return words(shownToken(token), { "text-anchor": "middle", ...at });
}

/** The frame of a token, shaded from the paper's colour. */
export function tokenBox(box: Attributes, shade = 0): Svg {
  return svg("rect", {
    rx: 3,
    fill: "var(--c1)",
    "fill-opacity": shade,
    stroke: "currentColor",
    "stroke-opacity": 0.3,
    ...box,
  });
}
