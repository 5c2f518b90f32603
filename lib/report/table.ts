import type { Axis, Figure } from "../claims/mod.ts";
import { formatNumber } from "./numbers.ts";

/** Rows of cells under a head, as both renderings print them. */
export interface Table {
  /** One for each column. */
  readonly head: readonly string[];
  /** As wide as the head; a number is set to the right. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** The data of a figure as a table, its reference lines last. */
export function figureTable(figure: Figure): Table {
  const { rows, reference = [] } = figure;
  const series = rows.some((row) => row.series !== undefined);
  const value = rows.some((row) => row.value !== undefined);
  const line = (
    cells: { x: string | number; y: string | number; series?: string; value?: number },
  ) => [
    ...(series ? [cells.series ?? ""] : []),
    cells.x,
    cells.y,
    ...(value ? [cells.value ?? ""] : []),
  ];
  return {
    head: [
      ...(series ? ["series"] : []),
      axisLabel(figure.x),
      axisLabel(figure.y),
      ...(value ? [axisLabel(figure.value ?? { label: "value" })] : []),
    ],
    rows: [
      ...rows.map(line),
      ...reference.map(({ y, label }) => line({ x: `line: ${label}`, y })),
    ],
  };
}

/** "loss (nats)". */
export function axisLabel({ label, unit }: Axis): string {
  return unit === undefined ? label : `${label} (${unit})`;
}

/** A cell as text. */
export function cellText(cell: string | number): string {
  return typeof cell === "number" ? formatNumber(cell) : cell;
}
