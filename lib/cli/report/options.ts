import { parseArgs } from "@std/cli/parse-args";

/** How many seconds nothing may move: three times what one run of a claim may take. */
const LIMIT = 180;

/** What `deno task report --help` prints. */
export const REPORT_USAGE =
  `usage: deno task report [SPEC...] [--limit=SECONDS] [--no-times] [--help]

Runs the spec and writes report/index.html, report/answers.md and report/answers.json.
Exits with 1 unless every claim stands.

  SPEC             only these files, such as spec/10_*_test.ts: the report says that it is a part
  --limit=SECONDS  how long nothing may move before what is running is ended and broken: ${LIMIT}
  --no-times       leave out dates and durations, so that the same commit gives the same bytes
  --help           this text`;

/** What the command was asked for. */
export interface ReportOptions {
  /** Spec files from the project's root, in order; undefined for all of them. */
  readonly files?: readonly string[];
  /** How many seconds nothing may move. */
  readonly limit: number;
  /** Whether dates and durations are wanted. */
  readonly times: boolean;
  /** Whether only the usage is wanted. */
  readonly help: boolean;
}

/**
 * Reads the command's arguments.
 *
 * @throws {RangeError} For an option that does not exist, a limit that is none, or a file that is no spec file.
 */
export function readReportOptions(
  args: readonly string[],
  specs: readonly string[],
): ReportOptions {
  const { _: given, help, limit = LIMIT, "no-times": untimed, ...unknown } = parseArgs([...args], {
    boolean: ["help", "no-times"],
    string: ["limit"],
  });
  const [option] = Object.keys(unknown);
  if (option !== undefined) throw new RangeError(`There is no option "${option}": see --help`);
  if (!(Number(limit) > 0)) {
    throw new RangeError(`Bad limit: it must be a number of seconds above 0, got "${limit}"`);
  }
  const files = given.map((file) => specFile(String(file), specs));
  return {
    files: files.length === 0 ? undefined : [...new Set(files)].sort(),
    limit: Number(limit),
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
