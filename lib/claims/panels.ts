import type { ShownRun } from "./claim.ts";
import type { Row } from "./figure.ts";

/**
 * The rows of a heatmap with a panel for each run, named after its control, or after the model where
 * it has none.
 *
 * @param read The matrix of a run, [y][x].
 */
export function panels<E>(
  runs: readonly ShownRun<E>[],
  read: (evidence: E) => readonly (readonly number[])[],
): Row[] {
  return runs.flatMap(({ model, control, evidence }) =>
    read(evidence).flatMap((row, y) =>
      row.map((value, x) => ({ x, y, value, series: control ?? model }))
    )
  );
}
