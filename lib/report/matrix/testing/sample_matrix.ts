import type { Matrix, MatrixClaim, MatrixRow } from "../matrix.ts";

/** A claim of a matrix. */
export function claim(id: string, changes: Partial<MatrixClaim> = {}): MatrixClaim {
  const file = `spec/${id.split("/")[0]}_test.ts`;
  return { id, file, line: 7, statement: `What ${id} says`, names: [], ...changes };
}

/** A row that one claim notices. */
export function row(id: string, noticed: readonly string[], changes: Partial<MatrixRow> = {}) {
  return {
    ...{ id, part: "mask", name: `a ${id}`, description: "It <is> broken." },
    noticed: noticed.map((claim) => ({ claim, on: "tiny", why: "off by 1, not 0" })),
    ...{ survived: [], crashed: [] },
    ...changes,
  } satisfies MatrixRow;
}

/** A matrix with a cell of every kind. */
export function sampleMatrix(changes: Partial<Matrix> = {}): Matrix {
  return {
    tool: { deno: "2.9.6", onnxruntime: "1.30.0", spec: "abc" },
    seconds: 5,
    complete: true,
    claims: [claim("01/first"), claim("01/second"), claim("10/third")],
    sabotages: [
      row("no-mask", ["01/first"], { survived: ["10/third"] }),
      row("leak", ["01/second", "10/third"], {
        part: "MLP",
        crashed: [{ claim: "01/first", on: "tiny", why: "it threw", explained: "as it must" }],
        least: { strength: 1e-6, of: "times", usual: 0.01, claim: "01/second" },
      }),
    ],
    ...changes,
  };
}
