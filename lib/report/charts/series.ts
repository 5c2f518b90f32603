import * as Plot from "@observablehq/plot";
import type { Row } from "../../claims/mod.ts";
import { seriesOf } from "../figure_labels.ts";
import { seriesColour } from "./colours.ts";
import { widthOf, wrapped } from "./labels.ts";

/** Height of one line of the legend. */
const LINE = 20;

/** Room for the axis label between the legend and the frame. */
const ABOVE_FRAME = 34;

/** The series of a figure: their colours, and a legend above the frame. */
export interface Legend {
  /** In the order in which they first appear; one unnamed series where none is given. */
  readonly names: readonly string[];
  /** For Plot's `color`. */
  readonly color: Plot.ScaleOptions;
  /** Swatches and names. */
  readonly marks: readonly Plot.Markish[];
  /** Room that axis label and legend take above the frame. */
  readonly marginTop: number;
}

/** The legend of the rows in a room of this width, none for a single series. */
export function legend(rows: readonly Row[], room: number): Legend {
  const names = [...new Set(rows.map(seriesOf))];
  const color: Plot.ScaleOptions = {
    type: "ordinal",
    domain: names,
    range: names.map((_, i) => seriesColour(i)),
  };
  if (names.length === 1) return { names, color, marks: [], marginTop: ABOVE_FRAME };
  const entries = names.map((name, i) => ({ label: name, colour: seriesColour(i) }));
  return { names, color, ...keys(entries, room, ABOVE_FRAME) };
}

/** One thing that a legend explains. */
export interface Key {
  /** Beside the swatch. */
  readonly label: string;
  /** Of the swatch; left out for words alone. */
  readonly colour?: string;
  /** Of the swatch. */
  readonly opacity?: number;
}

/** Room that a swatch and the space after its words take. */
const SWATCH = 36;

/**
 * Swatches and words, from left to right and then down in a room of this width, above the frame with
 * this gap; long words are broken.
 */
export function keys(
  entries: readonly Key[],
  room: number,
  gap: number,
): Pick<Legend, "marks" | "marginTop"> {
  let [x, line, next] = [0, 0, 0];
  const placed = entries.map((entry) => {
    const words = wrapped(entry.label, room - SWATCH);
    const own = widthOf(words) + SWATCH;
    if (x > 0 && x + own > room) [x, line] = [0, next];
    const place = { entry, words, dx: x, line };
    x += own;
    next = Math.max(next, line + words.length);
    return place;
  });
  const marginTop = gap + next * LINE;
  const marks = placed.flatMap(({ entry, words, dx, line }) =>
    keyMarks(entry, words, { dx, dy: 10 + line * LINE - marginTop })
  );
  return { marks, marginTop };
}

function keyMarks(
  { colour, opacity = 1 }: Key,
  lines: readonly string[],
  { dx, dy }: { readonly dx: number; readonly dy: number },
): Plot.Markish[] {
  const at = { frameAnchor: "top-left", facet: "super" } as const;
  const indent = colour === undefined ? 0 : 18;
  const texts = lines.map((line, i) =>
    Plot.text([line], {
      ...at,
      dx: dx + indent,
      dy: dy + i * LINE,
      lineAnchor: "middle",
      fill: "currentColor",
    })
  );
  if (colour === undefined) return texts;
  const shape = { symbol: "square", r: 5.5, fill: colour, fillOpacity: opacity, stroke: colour };
  return [Plot.dot([0], { ...at, dx: dx + 6, dy, ...shape } as Plot.DotOptions), ...texts];
}
