import { escapeMarkdown } from "../escape.ts";
import { cellText, type Table } from "../document/figure_table.ts";

/** A table in GitHub's Markdown, columns of numbers to the right. */
export function tableMarkdown({ head, rows }: Table): string {
  const numeric = head.map((_, i) => rows.length > 0 && rows.every((row) => isNumber(row[i])));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(head.map(escapeMarkdown)),
    line(numeric.map((right) => right ? "--:" : ":--")),
    ...rows.map((row) => line(row.map((cell) => escapeMarkdown(cellText(cell))))),
  ].join("\n");
}

function isNumber(cell: string | number): boolean {
  return typeof cell === "number";
}
