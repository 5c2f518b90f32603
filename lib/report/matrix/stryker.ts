import type { Matrix, MatrixClaim, MatrixRow } from "./matrix.ts";

/** Where the sabotages are listed, and its text: what a viewer shows beside them. */
export interface Listing {
  readonly file: string;
  readonly source: string;
}

/**
 * The matrix as a report of mutation testing (mutation-testing-report-schema 2, of
 * mutation-testing-elements), which viewers of such reports open: sabotages are its mutants, each
 * at its line of the catalogue, and claims its tests.
 */
export function strykerReport(
  { claims, sabotages, tool }: Matrix,
  { file, source }: Listing,
): Record<string, unknown> {
  const lines = source.split("\n");
  return {
    schemaVersion: "2",
    thresholds: { high: 100, low: 99 },
    framework: { name: "deno task sabotage", version: tool.spec },
    files: {
      [file]: {
        language: "typescript",
        source,
        mutants: sabotages.map((row) => mutantOf(row, lines)),
      },
    },
    testFiles: Object.fromEntries(
      Object.entries(Object.groupBy(claims, (claim) => claim.file))
        .map(([file, own]) => [file, { tests: own!.map(testOf) }]),
    ),
  };
}

function mutantOf(row: MatrixRow, lines: readonly string[]) {
  const { id, part, name, description, noticed, survived, crashed } = row;
  const killedBy = noticed.map(({ claim }) => claim);
  const [finding] = [...noticed, ...crashed];
  return {
    id,
    mutatorName: part,
    description,
    replacement: name,
    location: placeOf(id, lines),
    status: statusOf(row),
    ...finding && { statusReason: `${finding.claim}, on ${finding.on}: ${finding.why}` },
    killedBy,
    coveredBy: [...killedBy, ...survived, ...crashed.map(({ claim }) => claim)],
  };
}

function statusOf({ noticed, survived, crashed }: MatrixRow): string {
  if (noticed.length > 0) return "Killed";
  if (survived.length > 0) return "Survived";
  return crashed.length > 0 ? "RuntimeError" : "NoCoverage";
}

/** Where its name stands in the catalogue; lines and columns are counted from one. */
function placeOf(id: string, lines: readonly string[]) {
  const quoted = `"${id}"`;
  const line = Math.max(0, lines.findIndex((each) => each.includes(quoted)));
  const column = Math.max(0, lines[line].indexOf(quoted));
  return {
    start: { line: line + 1, column: column + 1 },
    end: { line: line + 1, column: column + 1 + quoted.length },
  };
}

function testOf({ id, statement, line }: MatrixClaim) {
  return { id, name: `${id}: ${statement}`, location: { start: { line, column: 1 } } };
}
