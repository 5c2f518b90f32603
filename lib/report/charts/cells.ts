import * as Plot from "@observablehq/plot";
import type { Row } from "../../claims/mod.ts";
import { axisLabel } from "../figure_labels.ts";
import { cellNumbers } from "./cell_numbers.ts";
import { type Key, STROKE } from "./keys.ts";
import type { Panels } from "./panels.ts";
import { measuredNumbers, type Scaled } from "./scales.ts";
import { inkOn, type Shade, shade } from "./shade.ts";

/** Size of the numbers in cells, and how wide a digit of them is. */
const NUMBER = { size: 11, digit: 6.8 };

/** The cells of a heatmap, and what their colours mean. */
export interface Cells {
  readonly marks: readonly Plot.Markish[];
  readonly keys: readonly Key[];
}

/** Cells of this size, with their numbers where there is room, and else with a stroke across zeros. */
export function cellsOf(
  figure: Scaled,
  place: Panels["place"],
  { width, height }: { readonly width: number; readonly height: number },
): Cells {
  const { rows, value, log } = figure;
  const values = rows.map(valueOf);
  const tone = shade(measuredNumbers(figure), log);
  const print = cellNumbers(values, log);
  const longest = Math.max(...values.map((each) => print(each).length));
  const written = width >= longest * NUMBER.digit + 6 && height >= NUMBER.size + 4;
  const title = value ? [{ label: `${axisLabel(value)}:` }] : [];
  const hatched = !written && values.includes(0);
  const empty = hatched ? [{ label: "exactly 0", hatched }] : [];
  return {
    marks: [
      cells(rows, tone, place),
      written ? numbers(rows, tone, place, print) : zeros(rows, place, Math.min(width, height)),
    ],
    keys: [...title, ...tone.keys, ...empty],
  };
}

function valueOf(row: Row): number {
  return row.value as number;
}

function cells(rows: readonly Row[], tone: Shade, place: Panels["place"]): Plot.Markish {
  return Plot.cell(rows, {
    x: "x",
    y: "y",
    ...place,
    fill: { value: (row: Row) => tone.colour(valueOf(row)), scale: null },
    fillOpacity: { value: (row: Row) => tone.opacity(valueOf(row)), scale: null },
    stroke: "currentColor",
    strokeOpacity: 0.14,
    strokeWidth: 0.75,
  });
}

function numbers(
  rows: readonly Row[],
  tone: Shade,
  place: Panels["place"],
  print: (value: number) => string,
): Plot.Markish {
  return Plot.text(rows, {
    x: "x",
    y: "y",
    ...place,
    text: (row: Row) => print(valueOf(row)),
    fill: { value: (row: Row) => inkOn(tone.opacity(valueOf(row))), scale: null },
    fontSize: NUMBER.size,
  });
}

/** A stroke across each cell that is exactly zero: no shade could tell it from next to nothing. */
function zeros(rows: readonly Row[], place: Panels["place"], size: number): Plot.Markish {
  return Plot.vector(rows.filter((row) => row.value === 0), {
    ...{ x: "x", y: "y", ...place, ...STROKE, length: size * 0.9, rotate: 45 },
    ...{ strokeOpacity: 0.3, strokeWidth: 1 },
  });
}
