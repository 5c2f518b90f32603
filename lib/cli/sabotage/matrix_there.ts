import type { Tool } from "../../report/mod.ts";
import { matrixInWords } from "../../report/matrix/matrix.ts";
import { readMatrix } from "./read_matrix.ts";

/** The whole matrix that lies in the report, in words, if it is of this version of everything. */
export async function matrixThere(root: URL, { spec }: Tool): Promise<string | undefined> {
  const matrix = await readMatrix(root, "report/sabotage.json").catch(() => undefined);
  return matrix?.complete && matrix.tool.spec === spec ? matrixInWords(matrix) : undefined;
}
