/**
 * A table in GitHub's Markdown as `deno fmt` leaves it: columns padded to one width.
 *
 * @param right The columns of numbers, which go to the right, by index.
 */
export function alignedTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const width = head.map((cell, i) =>
    Math.max(3, cell.length, ...rows.map((row) => row[i].length))
  );
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const pad = (row: readonly string[]) =>
    row.map((cell, i) => right.includes(i) ? cell.padStart(width[i]) : cell.padEnd(width[i]));
  const rule = width.map((n, i) => right.includes(i) ? `${"-".repeat(n - 1)}:` : "-".repeat(n));
  return [pad(head), rule, ...rows.map(pad)].map(line).join("\n");
}
