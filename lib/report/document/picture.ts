import type { Figure } from "../../claims/mod.ts";
import { describeParts } from "../figure_labels.ts";
import type { ControlView } from "./control_view.ts";
import { type Draw, type Drawn, drawn, type Schematic } from "./drawn.ts";
import { figureTable } from "./figure_table.ts";
import type { Table } from "./table.ts";

/** A schematic with its place. */
export interface Head extends Drawn {
  /** Unique in the document; the stem of the picture's file. */
  readonly anchor: string;
  /** The same in words. */
  readonly description: string;
}

/** Draws the schematic of an answer, if something in it is to be lit. */
export function viewHead(
  { lit, attn_only }: Omit<Schematic, "kind">,
  anchor: string,
  draw: Draw,
): Head | undefined {
  if (lit.length === 0) return undefined;
  const head = { anchor, description: describeParts(lit, attn_only) };
  return { ...head, ...drawn("The schematic", () => draw({ kind: "schematic", lit, attn_only })) };
}

/** A figure with its place and its data as a table. */
export interface Picture extends Drawn {
  /** Unique in the document; the stem of the picture's file. */
  readonly anchor: string;
  /** What to draw. */
  readonly figure: Figure;
  /** The same data. */
  readonly table: Table;
  /** Of the last picture of a claim: what its controls look like. */
  readonly controls?: readonly ControlView[];
}

/** Draws a figure for its place. */
export function viewFigure(figure: Figure, anchor: string, draw: Draw): Picture {
  const picture = { anchor, figure, table: figureTable(figure) };
  return { ...picture, ...drawn(`The figure "${figure.title}"`, () => draw(figure)) };
}
