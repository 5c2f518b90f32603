import type { Figure, Lit } from "../../claims/mod.ts";
import { describeParts } from "../figure_labels.ts";
import type { ControlView } from "./claim_view.ts";
import { figureTable } from "./figure_table.ts";
import type { Table } from "./table.ts";

/** A figure as SVG; on a narrow screen, what does not fit side by side stands below. */
export interface Charts extends Readonly<Record<"wide" | "narrow", string>> {
  /** Beside another figure: whether it is on the same scales; absent where it has none. */
  readonly alike?: boolean;
}

/** A transformer, with the parts lit in which an answer lies. */
export interface Schematic {
  readonly kind: "schematic";
  readonly lit: readonly Lit[];
  /** Whether it has no MLPs. */
  readonly attn_only?: boolean;
}

/** Draws a figure, beside another on its scales if they fit, or throws what keeps it from that. */
export type Draw = (figure: Figure | Schematic, beside?: Figure) => Charts;

/** The charts of something, or why it could not be drawn. */
interface Drawn {
  readonly charts?: Charts;
  readonly problem?: string;
}

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

/** A claim's picture of what a control gave. */
export interface ControlPicture extends Drawn {
  /** Unique in the document; the stem of the pictures' files. */
  readonly anchor: string;
  /** What it is of. */
  readonly title: string;
}

/** Draws what a control gave, on the scales of the claim's own picture where it fits in there. */
export function viewControlFigure(
  figure: Figure,
  { control, anchor, beside }: { control: string; anchor: string; beside?: Figure },
  draw: Draw,
): ControlPicture {
  const title = `As it looks broken: ${control}`;
  return { anchor, title, ...drawn("It", () => draw({ ...figure, title }, beside)) };
}

/** Draws a figure for its place. */
export function viewFigure(figure: Figure, anchor: string, draw: Draw): Picture {
  const picture = { anchor, figure, table: figureTable(figure) };
  return { ...picture, ...drawn(`The figure "${figure.title}"`, () => draw(figure)) };
}

function drawn(what: string, draw: () => Charts): Drawn {
  try {
    return { charts: draw() };
  } catch (error) {
    return { problem: `${what} cannot be drawn: ${(error as Error).message}` };
  }
}
