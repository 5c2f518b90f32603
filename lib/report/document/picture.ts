import type { Figure } from "../../claims/mod.ts";
import { figureTable } from "./figure_table.ts";
import type { Table } from "./table.ts";

/** A figure as SVG; on a narrow screen, what does not fit side by side stands below. */
export type Charts = Readonly<Record<"wide" | "narrow", string>>;

/** Draws a figure, or throws what keeps it from that. */
export type Draw = (figure: Figure) => Charts;

/** A figure with its place, its charts and its data as a table. */
export interface Picture {
  /** Unique in the document; the stem of the picture's file. */
  readonly anchor: string;
  /** What to draw. */
  readonly figure: Figure;
  /** The same data. */
  readonly table: Table;
  /** Left out where it could not be drawn. */
  readonly charts?: Charts;
  /** Why it could not be drawn. */
  readonly problem?: string;
}

/** Draws a figure for its place. */
export function viewFigure(figure: Figure, anchor: string, draw: Draw): Picture {
  const picture = { anchor, figure, table: figureTable(figure) };
  try {
    return { ...picture, charts: draw(figure) };
  } catch (error) {
    const problem = `The figure "${figure.title}" cannot be drawn: ${(error as Error).message}`;
    return { ...picture, problem };
  }
}
