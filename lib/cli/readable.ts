import { fileURLToPath } from "node:url";
import { ModelFileError } from "../model/mod.ts";

/**
 * The right of a process that runs in the project's folder to read that, and some paths besides.
 *
 * @throws {ModelFileError} If Deno cannot be told a path.
 */
export function readable(root: URL, paths: readonly string[]): string {
  const outside = paths.filter((path) => !path.startsWith(fileURLToPath(root)));
  const comma = outside.find((path) => path.includes(","));
  if (comma === undefined) return `--allow-read=${[".", ...outside].join(",")}`;
  const why = "Deno cannot be told to read a path with a comma in it, so copy or rename it";
  throw new ModelFileError(`Cannot read ${comma}: ${why}`);
}
