import { isOneLine, ONE_LINE } from "../names.ts";

/** What an axis, a colour or a thickness shows. */
export interface Axis {
  /** What is shown, in a word or two. */
  readonly label: string;
  /** Such as "nats" or "tokens". */
  readonly unit?: string;
}

/** A run as pictures see it: only those that measured something, subjects first. */
export interface ShownRun<E> {
  /** The model's name; a sabotage appears in `control`, not here. */
  readonly model: string;
  /** Where the model comes from, such as "trained" or "random". */
  readonly origin: string;
  /** The family that the model was drawn from. */
  readonly family?: string;
  /** Whether the claim is about this run, or must be told apart from it. */
  readonly role: "subject" | "control";
  /** The control's name, where it is a control's run. */
  readonly control?: string;
  /** What was measured. */
  readonly evidence: E;
}

/** What every picture has. */
export interface Titled {
  /** In a few words. */
  readonly title: string;
  /** What to see in it. */
  readonly caption: string;
}

/** One mark of a chart. */
export interface Row {
  /** Position along x; a string is a category. */
  readonly x: number | string;
  /** Position along y; a string is a category. */
  readonly y: number | string;
  /** Which line, group of bars or colour of dots it belongs to; which panel of a heatmap. */
  readonly series?: string;
  /** The colour of a heatmap's cell. */
  readonly value?: number;
}

/** Marks between two axes: each row is a point of a line, a bar, a dot or a cell. */
export interface Chart extends Titled {
  /** How the rows are drawn. */
  readonly kind: "lines" | "bars" | "dots" | "heatmap";
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /** What the colour of a heatmap's cells means. */
  readonly value?: Axis;
  /** The data: one mark each. */
  readonly rows: readonly Row[];
  /** Horizontal lines to compare with, such as chance. */
  readonly reference?: readonly { readonly y: number; readonly label: string }[];
  /** Whether the y axis (a heatmap: the colour) is logarithmic; an exact zero has a place beside it. */
  readonly log?: boolean;
}

/** A text, token by token: what stands under each, such as the model's best guess, and its shade. */
export interface Sentence extends Titled {
  /** How it is drawn. */
  readonly kind: "sentence";
  /** A panel for each, one under the other. */
  readonly panels: readonly {
    readonly name?: string;
    readonly tokens: readonly string[];
    /** As many as there are tokens; an empty one leaves its place empty. */
    readonly under?: readonly string[];
    /** From 0, the paper's colour, to 1. */
    readonly shade?: readonly number[];
  }[];
  /** What the shade means. */
  readonly value?: Axis;
}

/** Arrows over a text, from the token that looks to the one that it looks at. */
export interface Arcs extends Titled {
  /** How it is drawn. */
  readonly kind: "arcs";
  /** A panel for each, one under the other. */
  readonly panels: readonly {
    readonly name?: string;
    readonly tokens: readonly string[];
    /** Between places of the text; `weight` from 0 to 1 is the thickness. */
    readonly arcs: readonly {
      readonly from: number;
      readonly to: number;
      readonly weight: number;
    }[];
  }[];
  /** What the thickness means. */
  readonly value: Axis;
}

/** Arrows in a plane, from the origin. */
export interface Vectors extends Titled {
  /** How it is drawn. */
  readonly kind: "vectors";
  /** A panel for each, side by side, all on one scale. */
  readonly panels: readonly {
    readonly name?: string;
    readonly vectors: readonly { readonly x: number; readonly y: number; readonly label: string }[];
  }[];
}

/** Paths from a token to a prediction, side by side: each one's thickness is its share. */
export interface Fan extends Titled {
  /** How it is drawn. */
  readonly kind: "fan";
  /** A panel for each, one under the other. */
  readonly panels: readonly {
    readonly name?: string;
    /** `through` names what the path passes, in order, such as two heads; none is the direct path. */
    readonly paths: readonly { readonly through: readonly string[]; readonly share: number }[];
  }[];
  /** What the thickness means. */
  readonly value: Axis;
}

/** A product of two matrices, as three matrices: a tall one times a wide one gives a large one. */
export interface Product extends Titled {
  /** How it is drawn. */
  readonly kind: "product";
  /** Left, right and what they make: names and numbers, [row][column]. */
  readonly matrices: readonly [NamedMatrix, NamedMatrix, NamedMatrix];
}

/** A matrix with its name, such as "W_Q" and its shape in words. */
export interface NamedMatrix {
  /** Such as "W_Q". */
  readonly name: string;
  /** [row][column]. */
  readonly values: readonly (readonly number[])[];
}

/** A part of the transformer that a schematic can light. */
export type Part =
  | "tokens"
  | "embedding"
  | "positions"
  | "stream"
  | "attention"
  | "mlp"
  | "norm"
  | "unembedding"
  | "predictions";

/** A picture as plain data, which the report draws and also prints as a table. */
export type Figure = Chart | Sentence | Arcs | Vectors | Fan | Product;

/**
 * The figure itself, if it can be drawn.
 *
 * @throws {RangeError} If it is empty, a number is not finite, lists that belong together differ in
 * length, a part of a whole is not from 0 to 1, it has more series than there are colours, or a
 * logarithmic axis is given what it has no place for.
 */
export function checked<F extends Figure>(figure: F): F {
  const problem = problemOf(figure);
  if (problem === undefined) return figure;
  throw new RangeError(`Cannot make the figure "${figure.title}": ${problem}`);
}

function problemOf(figure: Figure): string | undefined {
  if (!isOneLine(figure.title)) return `its title requires ${ONE_LINE}`;
  if (figure.kind === "product") return matricesProblem(figure);
  if ("rows" in figure) return chartProblem(figure);
  if (figure.panels.length === 0) return "it requires at least one panel, got none";
  return figure.panels.map(panelProblem).find(isSaid);
}

function chartProblem(chart: Chart): string | undefined {
  const { rows, reference = [] } = chart;
  if (rows.length === 0) return "it requires at least one row, got none";
  const lines = reference.map(({ y }) => ({ x: 0, y, value: 0 }));
  const wrong = [...rows, ...lines].map((row) => rowProblem(row, chart)).find(isSaid);
  return wrong ?? seriesProblem(chart);
}

/** How many series of lines, bars or dots a chart has at most: each has a colour of its own. */
const COLOURS = 6;

function seriesProblem({ kind, rows }: Chart): string | undefined {
  const { size } = new Set(rows.map(({ series }) => series));
  if (kind === "heatmap" || size <= COLOURS) return undefined;
  return `at most ${COLOURS} series have a colour, got ${size}: show fewer runs by \`on\`, or ` +
    "make fewer of them by `series`";
}

function rowProblem(row: Row, { kind, log }: Chart): string | undefined {
  const measured = kind === "heatmap" ? row.value : row.y;
  const given = Object.values(row).filter((value) => typeof value === "number");
  // JSON has no name for a number that is not finite.
  const got = `got ${JSON.stringify(row)}${given.every(Number.isFinite) ? "" : ` of ${given}`}`;
  if (measured === undefined) return `a cell requires a value, ${got}`;
  if (typeof measured === "string") return `the height of a mark requires a number, ${got}`;
  if (!given.every(Number.isFinite)) return `every number of a row must be finite, ${got}`;
  // Charts keep a place for an exact zero.
  return log && measured < 0 ? `a logarithmic axis requires none below zero, ${got}` : undefined;
}

function isSaid(problem: string | undefined): boolean {
  return problem !== undefined;
}

type Panel = Exclude<Figure, Chart | Product>["panels"][number];

function panelProblem(panel: Panel): string | undefined {
  const lists = Object.values(panel).filter(Array.isArray);
  const numbers = lists.flat().flatMap((each) =>
    typeof each === "object" ? Object.values(each) : [each]
  ).filter((value) => typeof value === "number");
  if (lists.some((list) => list.length === 0)) return "a panel requires something to draw";
  if (!numbers.every(Number.isFinite)) return "every number of a panel must be finite";
  const parts = partsOf(panel);
  // The weights of a head add up to one in single precision.
  const beyond = parts.find((part) => part < 0 || part > 1 + 1e-6);
  if (beyond !== undefined) return `a shade, a weight and a share go from 0 to 1, got ${beyond}`;
  if (!("tokens" in panel)) return undefined;
  const { tokens } = panel;
  const beside = "arcs" in panel ? [] : [panel.under ?? tokens, panel.shade ?? tokens];
  const uneven = beside.find((list) => list.length !== tokens.length);
  if (uneven) return `${tokens.length} tokens require as many under them, got ${uneven.length}`;
  const places = "arcs" in panel ? panel.arcs.flatMap(({ from, to }) => [from, to]) : [];
  const outside = places.find((place) => tokens[place] === undefined);
  return outside === undefined ? undefined : `an arc must stay in the text, got place ${outside}`;
}

/** The numbers of a panel that are parts of a whole. */
function partsOf(panel: Panel): readonly number[] {
  if ("paths" in panel) return panel.paths.map(({ share }) => share);
  if ("arcs" in panel) return panel.arcs.map(({ weight }) => weight);
  return "tokens" in panel ? panel.shade ?? [] : [];
}

/** How many rows or columns a matrix of a product can have and still be seen. */
const MATRIX_SIDE = 64;

function matricesProblem({ matrices }: Product): string | undefined {
  const shapes = matrices.map(({ values }) => [values.length, values[0]?.length ?? 0]);
  const [[rows, inner], [other, columns], [r, c]] = shapes;
  if (inner === other && rows === r && columns === c && rows * inner * columns > 0) {
    const most = Math.max(rows, inner, columns);
    if (most <= MATRIX_SIDE) return undefined;
    return `a side of a matrix has at most ${MATRIX_SIDE} cells, got ${most}: draw a part of it`;
  }
  return `three matrices that fit are required, got ${shapes.map((s) => `[${s}]`).join(", ")}`;
}
