import type { ScaleOptions } from "@observablehq/plot";
import type { Chart } from "../../claims/mod.ts";
import { seriesOf } from "../figure_labels.ts";
import { seriesColour } from "./colours.ts";
import { type Keys, keys } from "./keys.ts";
import { referenceKeys } from "./reference.ts";

/** The series of a figure: their colours, and a legend above the frame. */
export interface Legend extends Keys {
  /** In the order in which they first appear; one unnamed series where none is given. */
  readonly names: readonly string[];
  /** For Plot's `color`. */
  readonly color: ScaleOptions;
}

/**
 * The legend of a figure in a room of this width and with this gap below: its series, where they have
 * names to be told apart by, and the lines to compare with.
 */
export function legend(figure: Chart, room: number, gap: number): Legend {
  const names = [...new Set(figure.rows.map(seriesOf))];
  const range = names.map((_, i) => seriesColour(i));
  const series = names.map((label, i) => ({ label, colour: range[i] }));
  const told = names.length > 1 ? series : [];
  const color: ScaleOptions = { type: "ordinal", domain: names, range };
  return { names, color, ...keys([...told, ...referenceKeys(figure)], room, gap) };
}
