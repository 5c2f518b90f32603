/**
 * Where an induction head looks: right behind every earlier copy of the token that asks, since what
 * followed then may follow now. A token that is new has none.
 */
export function inductionTargets(row: readonly number[]): number[][] {
  return row.map((token, query) =>
    row.slice(0, query).flatMap((earlier, place) => earlier === token ? [place + 1] : [])
  );
}
