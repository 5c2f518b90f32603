/** Where a previous-token head looks: one place back. The first position has nothing there. */
export function previousTargets(row: readonly number[]): number[][] {
  return row.map((_, query) => query === 0 ? [] : [query - 1]);
}
