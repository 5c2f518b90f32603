import type { NamedMatrix, Product } from "../../../claims/pictures/figure.ts";
import { compactNumber, extent } from "../../numbers.ts";
import { moved, path, type Svg, svg, words } from "../svg.ts";
import { type Block, lettering, LINE, stacked } from "./block.ts";
import { swatches } from "./keys.ts";

/** A cell is no larger than this, so that a small product stays small. */
const LARGEST = 22;

/** Room for the sign between two matrices. */
const SIGN = 36;

/** A name has at least so much room, however thin its matrix is. */
const NAME = 72;

/** How many shades a cell can have, of either sign: cells of one shade are one path. */
const SHADES = 24;

/** A drawing narrower than this has the product below its factors. */
const ONE_ROW = 450;

/** Left times right gives the third, cell by cell on one scale; each has shades of its own. */
export function drawProduct({ matrices: [left, right, made] }: Product, width: number): Block {
  const rows = width < ONE_ROW
    ? [[left, "×", right], ["=", made]]
    : [[left, "×", right, "=", made]];
  const cell = Math.min(...rows.map((row) => cellSize(row, width)));
  return stacked([...rows.map((row) => drawRow(row, cell)), key(width)], 12);
}

/** What stands in a row: matrices, and the signs between them. */
type Item = NamedMatrix | string;

function roomOf(item: Item, cell: number): number {
  return typeof item === "string" ? SIGN : Math.max(NAME, item.values[0].length * cell);
}

/** As large as the width allows, thin matrices having the room of their names. */
function cellSize(row: readonly Item[], width: number): number {
  let cell = LARGEST;
  const wide = () => row.reduce((sum, item) => sum + roomOf(item, cell), 1);
  while (wide() > width && cell > 1) cell -= 0.25;
  return cell;
}

function drawRow(row: readonly Item[], cell: number): Block {
  const matrices = row.filter((item) => typeof item !== "string");
  const names = new Map(matrices.map((each) => [each, naming(each, roomOf(each, cell))]));
  const above = Math.max(...[...names.values()].map(({ height }) => height)) + 6;
  const high = Math.max(...matrices.map(({ values }) => values.length)) * cell;
  const middle = above + high / 2;
  let x = 0;
  const marks = row.flatMap((item) => {
    const [left, room] = [x, roomOf(item, cell)];
    x += room;
    if (typeof item === "string") return [between(item, left + room / 2, middle)];
    const top = middle - item.values.length * cell / 2;
    const { height, marks } = names.get(item)!;
    return [
      moved(left, top - 6 - height, marks),
      moved(left + (room - item.values[0].length * cell) / 2, top, grid(item, cell)),
    ];
  });
  return { height: above + high + 1, marks };
}

/** Its name, its shape, and how large its numbers are. */
function naming({ name, values }: NamedMatrix, width: number): Block {
  const style = { width, x: width / 2, "text-anchor": "middle" };
  const quiet = { ...style, "font-size": 12, fill: "var(--quiet)" };
  return stacked([
    lettering(name, { ...style, "font-weight": 600 }),
    lettering(`${values.length} × ${values[0].length}`, quiet),
    lettering(`to ±${compactNumber(largest(values))}`, quiet),
  ], 0);
}

function largest(values: NamedMatrix["values"]): number {
  const [least, greatest] = extent(values.flat());
  return Number(Math.max(-least, greatest).toPrecision(2));
}

function grid({ values }: NamedMatrix, cell: number): Svg[] {
  const most = Math.max(...values.flat().map(Math.abs)) || 1;
  const cells = values.flatMap((row, y) => row.map((value, x) => ({ x, y, value })));
  const shades = Map.groupBy(cells, ({ value }) => Math.round(value / most * SHADES));
  const painted = [...shades].filter(([shade]) => shade !== 0).map(([shade, own]) =>
    svg("path", {
      d: own.map(({ x, y }) => path`M${x * cell} ${y * cell}h${cell}v${cell}h${-cell}z`).join(""),
      fill: colourOf(shade),
      "fill-opacity": Math.abs(shade) / SHADES,
    })
  );
  const size = { width: values[0].length * cell, height: values.length * cell };
  const frame = { fill: "none", stroke: "currentColor", "stroke-opacity": 0.5 };
  return [...painted, svg("rect", { ...size, ...frame })];
}

function colourOf(shade: number): string {
  return shade < 0 ? "var(--c2)" : "var(--c1)";
}

function between(sign: string, x: number, y: number): Svg {
  return words(sign, { x, y, "text-anchor": "middle", "font-size": 20 });
}

/** From the lowest number over zero, the paper's colour, to the highest. */
function key(width: number): Block {
  const shades = [-1, -0.5, 0, 0.5, 1];
  const scaled = shades.map((shade) => ({ colour: colourOf(shade), opacity: Math.abs(shade) }));
  const quiet = { y: 9, fill: "var(--quiet)" };
  const ends = [words("negative", { x: 0, ...quiet }), words("positive", { x: 164, ...quiet })];
  const scale = { height: LINE, marks: [...swatches(scaled, 66), ...ends] };
  const note = { width, "font-size": 12, fill: "var(--quiet)" };
  return stacked([scale, lettering("full colour: the largest number of each matrix", note)], 2);
}
