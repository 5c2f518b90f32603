import * as Plot from "@observablehq/plot";
import type { Row } from "../../claims/mod.ts";
import { CHARACTER, WIDTH } from "./canvas.ts";
import { seriesColour } from "./colours.ts";

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

/** The name of a row's series; rows without one share the empty name. */
export function seriesOf(row: Row): string {
  return row.series ?? "";
}

/** The legend of the rows, none for a single series. */
export function legend(rows: readonly Row[], marginLeft: number): Legend {
  const names = [...new Set(rows.map(seriesOf))];
  const color: Plot.ScaleOptions = {
    type: "ordinal",
    domain: names,
    range: names.map((_, i) => seriesColour(i)),
  };
  if (names.length === 1) return { names, color, marks: [], marginTop: ABOVE_FRAME };
  const entries = names.map((name, i) => ({ label: name, colour: seriesColour(i) }));
  return { names, color, ...keys(entries, marginLeft) };
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

/** Swatches and words, from left to right and then down, above the frame. */
export function keys(
  entries: readonly Key[],
  marginLeft: number,
  gap = ABOVE_FRAME,
): Pick<Legend, "marks" | "marginTop"> {
  const width = ({ label }: Key) => [...label].length * CHARACTER + 36;
  const places: { x: number; line: number }[] = [];
  let x = 0;
  let line = 0;
  for (const entry of entries) {
    if (x > 0 && marginLeft + x + width(entry) > WIDTH) [x, line] = [0, line + 1];
    places.push({ x, line });
    x += width(entry);
  }
  const marginTop = gap + (line + 1) * LINE;
  const marks = entries.flatMap((entry, i) => {
    const dy = 10 + places[i].line * LINE - marginTop;
    return keyMarks(entry, places[i].x, dy);
  });
  return { marks, marginTop };
}

function keyMarks({ label, colour, opacity = 1 }: Key, dx: number, dy: number): Plot.Markish[] {
  const at = { frameAnchor: "top-left", facet: "super" } as const;
  const text = Plot.text([label], {
    ...at,
    dx: colour === undefined ? dx : dx + 18,
    dy,
    lineAnchor: "middle",
    fill: "currentColor",
  });
  if (colour === undefined) return [text];
  const shape = {
    symbol: "square",
    r: 5.5,
    fill: colour,
    fillOpacity: opacity,
    stroke: colour,
  } as const;
  return [Plot.dot([label], { ...at, dx: dx + 6, dy, ...shape }), text];
}
