import { isOneLine, ONE_LINE } from "../names.ts";
import type { Chart, Figure, Product, Row } from "./figure.ts";

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
