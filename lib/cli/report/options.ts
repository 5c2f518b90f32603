import { parseArgs } from "@std/cli/parse-args";

/** How many seconds nothing may move: three times what one run of a claim may take. */
const LIMIT = 180;

/** What `deno task report --help` prints. */
export const REPORT_USAGE =
  `usage: deno task report [SPEC...] [--quiet] [--compare=JSON] [--limit=SECONDS] [--no-times]
       deno task report --merge JSON... [--quiet] [--compare=JSON] [--no-times]

Runs the spec and writes report/index.html, report/answers.md and report/answers.json.
Exits with 1 unless every claim stands.

  SPEC             only these files, such as spec/10_*_test.ts: the report says that it is a part
  --quiet          show nothing but what is wrong and the last line
  --compare=JSON   show what has changed since this answers.json was made: verdicts, and figures in
                   the answers; exit with 1 where a verdict got worse
  --merge          run nothing: join the answers.json files of machines that each ran a part;
                   exit with 1 where a part is missing
  --limit=SECONDS  how long nothing may move before what is running is ended and broken: ${LIMIT}
  --no-times       leave out dates and durations, so that the same commit gives the same bytes
  --help           this text

A JSON file is looked for from the project's folder, and must be inside it.`;

/** What the command was asked for. */
export interface ReportOptions {
  /** Spec files from the project's root, in order; undefined for all of them. */
  readonly files?: readonly string[];
  /** The `answers.json` files to join instead of running anything. */
  readonly merge?: readonly string[];
  /** The `answers.json` to compare with. */
  readonly compare?: string;
  /** Whether only what is wrong is to be shown. */
  readonly quiet: boolean;
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
 * @throws {RangeError} For an option that does not exist or lacks its value, a limit that is none, a
 * file that is no spec file, or nothing to merge.
 */
export function readReportOptions(
  args: readonly string[],
  specs: readonly string[],
): ReportOptions {
  const { _, help, quiet, merge, limit = LIMIT, compare, "no-times": untimed, ...unknown } =
    parseArgs([...args], {
      boolean: ["help", "quiet", "merge", "no-times"],
      string: ["limit", "compare"],
    });
  const [option] = Object.keys(unknown);
  if (option !== undefined) throw new RangeError(`There is no option "${option}": see --help`);
  if (!(Number(limit) > 0)) {
    throw new RangeError(`Bad limit: it must be a number of seconds above 0, got "${limit}"`);
  }
  if (compare === "") throw new RangeError("Nothing to compare with: --compare needs a file");
  return {
    ...merge ? { merge: toMerge(_) } : { files: toRun(_, specs) },
    ...compare === undefined ? {} : { compare },
    quiet,
    limit: Number(limit),
    times: !untimed,
    help,
  };
}

/** What is given besides options. */
type Given = readonly (string | number)[];

function toMerge(given: Given): string[] {
  if (given.length === 0) throw new RangeError("Nothing to merge: --merge needs files");
  return [...new Set(given.map(String))];
}

function toRun(given: Given, specs: readonly string[]): string[] | undefined {
  const files = given.map((file) => specFile(String(file), specs));
  return files.length === 0 ? undefined : [...new Set(files)].sort();
}

function specFile(given: string, specs: readonly string[]): string {
  const file = given.replace(/^\.\//, "");
  if (specs.includes(file)) return file;
  throw new RangeError(
    `Cannot report on "${given}": it must be a spec file, one of ${specs.join(", ") || "none"}`,
  );
}
