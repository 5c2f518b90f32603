import { cellText, type Table } from "../document/table.ts";
import { escapeMarkdown } from "../escape.ts";

/** A table in GitHub's Markdown, columns of numbers to the right. */
export function tableMarkdown({ head, rows }: Table): string {
  const numeric = [...head.keys()].filter((column) =>
    rows.length > 0 && rows.every((row) => typeof row[column] === "number")
  );
  const text = rows.map((row) => row.map((cell) => escapeMarkdown(cellText(cell))));
  return grid(head.map(escapeMarkdown), numeric, text);
}

/** A table of cells that are Markdown already, some columns to the right. */
export function grid(
  head: readonly string[],
  toTheRight: readonly number[],
  rows: readonly (readonly string[])[],
): string {
  const rule = head.map((_, column) => toTheRight.includes(column) ? "--:" : ":--");
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
