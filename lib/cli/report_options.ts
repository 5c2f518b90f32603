import { parseArgs } from "@std/cli/parse-args";

/** What `deno task report --help` prints. */
export const REPORT_USAGE = `usage: deno task report [SPEC...] [--no-times] [--help]

Runs the spec and writes report/index.html, report/answers.md and report/answers.json.
Exits with 1 unless every claim stands.

  SPEC        only these files, such as spec/10_*_test.ts: the report says that it is a part
  --no-times  leave out dates and durations, so that the same commit gives the same bytes
  --help      this text`;

/** What the command was asked for. */
export interface ReportOptions {
  /** Spec files from the project's root, in order; undefined for all of them. */
  readonly files?: readonly string[];
  /** Whether dates and durations are wanted. */
  readonly times: boolean;
  /** Whether only the usage is wanted. */
  readonly help: boolean;
}

/**
 * Reads the command's arguments.
 *
 * @throws {RangeError} For an option that does not exist or a file that is no spec file.
 */
export function readReportOptions(
  args: readonly string[],
  specs: readonly string[],
): ReportOptions {
  const { _: given, help, "no-times": untimed, ...unknown } = parseArgs([...args], {
    boolean: ["help", "no-times"],
  });
  const [option] = Object.keys(unknown);
  if (option !== undefined) throw new RangeError(`There is no option "${option}": see --help`);
  const files = given.map((file) => specFile(String(file), specs));
  return {
    files: files.length === 0 ? undefined : [...new Set(files)].sort(),
    times: !untimed,
    help,
  };
}

function specFile(given: string, specs: readonly string[]): string {
  const file = given.replace(/^\.\//, "");
  if (specs.includes(file)) return file;
  throw new RangeError(
    `Cannot report on "${given}": it must be a spec file, one of ${specs.join(", ") || "none"}`,
  );
}
