/** Where a head looks that looks at its own token: at itself, and at every earlier copy. */
export function sameTokenTargets(row: readonly number[]): number[][] {
  return row.map((token, query) =>
    row.slice(0, query + 1).flatMap((seen, place) => seen === token ? [place] : [])
  );
}
