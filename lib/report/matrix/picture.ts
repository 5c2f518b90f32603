import { path, sheet, type Svg, svg, words } from "../charts/svg.ts";
import { type Cell, cellOf, type Matrix, matrixInWords } from "./matrix.ts";

/** How far cells are apart, and how large they are. */
const [STEP, SIZE] = [6, 5];
/** Between two groups. */
const GAP = 5;
const MARGIN = { left: 150, top: 28, bottom: 26 };

const FILLS: Readonly<Record<Exclude<Cell, "unasked">, string>> = {
  noticed: "var(--c1)",
  survived: "var(--rule)",
  crashed: "var(--bad)",
};

/** The matrix as an SVG: a row for each sabotage, a column for each claim. */
export function matrixPicture(matrix: Matrix): string {
  const { sabotages, claims } = matrix;
  const rows = spread(sabotages.map(({ part }) => part), MARGIN.top);
  const columns = spread(claims.map(({ id }) => id.split("/")[0]), MARGIN.left);
  const width = columns.end + 8;
  const height = rows.end + MARGIN.bottom;
  const marks = Object.entries(FILLS).map(([cell, fill]) => {
    const places = sabotages.flatMap((row, y) =>
      claims.flatMap(({ id }, x) => cellOf(row, id) === cell ? [[columns.at[x], rows.at[y]]] : [])
    );
    const d = places.map(([x, y]) => path`M${x} ${y + SIZE / 2}h${SIZE}`).join("");
    return svg("path", { d, stroke: fill, "stroke-width": SIZE });
  });
  return sheet(`Who notices what: ${matrixInWords(matrix)}`, { width, height }, [
    ...rows.groups.map(({ name, middle }) =>
      words(name, { x: MARGIN.left - 10, y: middle, "text-anchor": "end" })
    ),
    ...columns.groups.map(({ name, middle }) =>
      words(name, { x: middle, y: MARGIN.top - 14, "text-anchor": "middle" })
    ),
    ...marks,
    ...key(rows.end + 14),
  ]);
}

/** Where each of a row of things stands, those of one group together. */
function spread(groups: readonly string[], start: number) {
  const at: number[] = [];
  const named: { name: string; middle: number }[] = [];
  let [place, from] = [start, start];
  groups.forEach((group, i) => {
    at.push(place);
    place += STEP;
    if (groups[i + 1] === group) return;
    named.push({ name: group, middle: (from + place) / 2 });
    from = place += GAP;
  });
  return { at, groups: named, end: place };
}

function key(y: number): Svg[] {
  const said = { noticed: "noticed", survived: "not noticed", crashed: "crashed" };
  return Object.entries(said).flatMap(([cell, text], i) => {
    const x = MARGIN.left + 110 * i;
    const fill = FILLS[cell as keyof typeof FILLS];
    return [
      svg("rect", { x, y: y - 5, width: 10, height: 10, fill }),
      words(text, { x: x + 16, y }),
    ];
  });
}
