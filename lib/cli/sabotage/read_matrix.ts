import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Matrix } from "../../report/matrix/matrix.ts";
import { matrixViolations } from "../../report/matrix/schema.ts";

/**
 * Reads a `sabotage.json`.
 *
 * @param path From the project's root, or absolute.
 * @throws {Error} With what is wrong with it.
 */
export async function readMatrix(root: URL, path: string): Promise<Matrix> {
  const fail = (why: string) => new Error(`Cannot read ${path}: ${why}`);
  let matrix: unknown;
  try {
    matrix = JSON.parse(await Deno.readTextFile(resolve(fileURLToPath(root), path)));
  } catch (error) {
    throw fail((error as Error).message);
  }
  const [wrong] = matrixViolations(matrix);
  if (wrong !== undefined) throw fail(`it is no sabotage.json: ${wrong}`);
  return matrix as Matrix;
}
