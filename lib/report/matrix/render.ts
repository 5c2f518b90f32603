import { svgFile } from "../charts/chart.ts";
import type { Matrix } from "./matrix.ts";
import { matrixPage } from "./page.ts";
import { matrixPicture } from "./picture.ts";
import matrixSchema from "./sabotage.schema.json" with { type: "json" };
import sort from "./sort.js" with { type: "text" };
import { type Listing, strykerReport } from "./stryker.ts";

/** The version of the format of `sabotage.json`. */
const VERSION = 1;

/**
 * Every file that a matrix makes, by its path in the report's folder.
 *
 * @param wrong What is unexplained in it, each in a sentence.
 */
export function renderMatrix(
  matrix: Matrix,
  wrong: readonly string[],
  listing: Listing,
): Map<string, string> {
  const data = { $schema: "./sabotage.schema.json", version: VERSION, ...matrix };
  return new Map([
    ["sabotage.schema.json", json(matrixSchema)],
    ["sabotage.json", json(data)],
    ["mutation.json", json(strykerReport(matrix, listing))],
    ["sabotage.svg", svgFile(matrixPicture(matrix))],
    ["sabotage.js", sort],
    ["sabotage.html", matrixPage(matrix, wrong)],
  ]);
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2) + "\n";
}
