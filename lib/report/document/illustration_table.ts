import type { Arcs, Figure, NamedMatrix, Sentence } from "../../claims/pictures/mod.ts";
import type { Chart } from "../../claims/mod.ts";
import { axisLabel, shownToken } from "../figure_labels.ts";
import type { Cell, Table } from "./table.ts";

/** A picture that is no chart, but for the product. */
type Panelled = Exclude<Figure, Chart | { readonly kind: "product" }>;

/** The data of an illustration as a table: a line for each mark, after the name of its panel. */
export function illustrationTable(figure: Exclude<Figure, Chart>): Table {
  if (figure.kind === "product") return matricesTable(figure.matrices);
  const { head, rows } = marksTable(figure);
  if (figure.panels.every(({ name }) => name === undefined)) return { head, rows: rows.flat() };
  const named = rows.map((own, i) => own.map((row) => [figure.panels[i].name ?? "", ...row]));
  return { head: ["panel", ...head], rows: named.flat() };
}

/** The columns, and the rows of each panel. */
interface Marks {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[][];
}

function marksTable(figure: Panelled): Marks {
  switch (figure.kind) {
    case "sentence":
      return sentenceMarks(figure);
    case "arcs":
      return arcMarks(figure);
    case "vectors":
      return {
        head: ["arrow", "x", "y"],
        rows: figure.panels.map(({ vectors }) => vectors.map(({ label, x, y }) => [label, x, y])),
      };
    case "fan":
      return {
        head: ["path", axisLabel(figure.value)],
        rows: figure.panels.map(({ paths }) =>
          paths.map(({ through, share }) => [through.join(" → ") || "direct", share])
        ),
      };
  }
}

function sentenceMarks({ panels, value }: Sentence): Marks {
  const under = panels.some((panel) => panel.under);
  const shade = panels.some((panel) => panel.shade);
  const meaning = value ? axisLabel(value) : "shade";
  return {
    head: ["place", "token", ...(under ? ["under it"] : []), ...(shade ? [meaning] : [])],
    rows: panels.map((panel) =>
      panel.tokens.map((token, i) => [
        ...[i + 1, shownToken(token)],
        ...(under ? [panel.under?.[i] ?? ""] : []),
        ...(shade ? [panel.shade?.[i] ?? ""] : []),
      ])
    ),
  };
}

function arcMarks({ panels, value }: Arcs): Marks {
  return {
    head: ["from", "to", axisLabel(value)],
    rows: panels.map(({ tokens, arcs }) => {
      const place = (i: number) => `${shownToken(tokens[i])} (${i + 1})`;
      return arcs.map(({ from, to, weight }) => [place(from), place(to), weight]);
    }),
  };
}

/** The rows of the matrices, each after its name; those of a thin one end early. */
function matricesTable(matrices: readonly NamedMatrix[]): Table {
  const columns = Math.max(...matrices.map(({ values }) => values[0].length));
  const numbers = Array.from({ length: columns }, (_, i) => i + 1);
  return {
    head: ["matrix", "row", ...numbers.map(String)],
    rows: matrices.flatMap(({ name, values }) =>
      values.map((row, y) => [name, y + 1, ...numbers.map((_, x) => row[x] ?? "")])
    ),
  };
}
