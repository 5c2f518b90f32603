import * as Plot from "@observablehq/plot";
import { widthOf, wrapped } from "./labels.ts";

/** One thing that a legend explains, by a swatch or in words alone. */
export interface Key {
  /** Beside the swatch. */
  readonly label: string;
  /** Of a square. */
  readonly colour?: string;
  /** Of a square. */
  readonly opacity?: number;
  /** Whether the swatch is an empty cell with a stroke across. */
  readonly hatched?: boolean;
  /** The dashes of a swatch that is a line. */
  readonly dashed?: string;
}

/** A legend above a frame. */
export interface Keys {
  /** Swatches and words. */
  readonly marks: readonly Plot.Markish[];
  /** Room that it takes above the frame, with the gap. */
  readonly marginTop: number;
}

/** Height of one line of the legend. */
const LINE = 20;

/** Room that a swatch and the space after its words take. */
const SWATCH = 36;

/**
 * Swatches and words, from left to right and then down in a room of this width, above the frame with
 * this gap; long words are broken.
 */
export function keys(entries: readonly Key[], room: number, gap: number): Keys {
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

/** Where a swatch is, from the corner of the frame. */
interface Offset {
  readonly dx: number;
  readonly dy: number;
}

/** By the frame of all panels together. */
const CORNER = { frameAnchor: "top-left", facet: "super" } as const;

function keyMarks(key: Key, lines: readonly string[], { dx, dy }: Offset): Plot.Markish[] {
  const swatch = swatchOf(key, { dx: dx + 6, dy });
  const indent = swatch.length === 0 ? 0 : 18;
  const texts = lines.map((line, i) =>
    Plot.text([line], {
      ...CORNER,
      dx: dx + indent,
      dy: dy + i * LINE,
      lineAnchor: "middle",
      fill: "currentColor",
    })
  );
  return [...swatch, ...texts];
}

function swatchOf({ colour, opacity, hatched, dashed }: Key, { dx, dy }: Offset): Plot.Markish[] {
  const ink = "currentColor";
  if (dashed !== undefined) {
    return [stroke({ dx: dx - 3, dy, length: 18, rotate: 90, strokeDasharray: dashed })];
  }
  if (hatched) return [square({ dx, dy }, ink, 0), stroke({ dx, dy, length: 13, rotate: 45 })];
  return colour === undefined ? [] : [square({ dx, dy }, colour, opacity)];
}

function square(at: Offset, colour: string, opacity = 1): Plot.Markish {
  const shape = { symbol: "square", r: 5.5, fill: colour, fillOpacity: opacity, stroke: colour };
  return Plot.dot([0], { ...CORNER, ...at, ...shape } as Plot.DotOptions);
}

function stroke(options: Plot.VectorOptions): Plot.Markish {
  return Plot.vector([0], { ...CORNER, ...STROKE, strokeWidth: 1.5, ...options });
}

/** A stroke of ink, where Plot's own vectors have heads. */
export const STROKE: Plot.VectorOptions = {
  stroke: "currentColor",
  shape: {
    draw: (context, length) => {
      context.moveTo(0, 0);
      context.lineTo(0, -length);
    },
  },
};
