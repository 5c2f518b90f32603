import { type Answers, readAnswers } from "./answers/answers_file.ts";
import { merge, type Merged } from "./answers/merge.ts";
import { readReportOptions, type ReportOptions } from "./options.ts";
import { toolVersions } from "./tool_versions.ts";

/** What the command was asked for, with what it was given read. */
export interface Asked extends ReportOptions {
  /** What to compare with. */
  readonly earlier?: Earlier;
  /** What was found already, where nothing is to be run. */
  readonly merged?: Merged;
}

/** An `answers.json` of an earlier report, and where it was read. */
export interface Earlier {
  readonly path: string;
  readonly answers: Answers;
}

/**
 * Reads the arguments and the files that they name, so that what is wrong with these is known before
 * anything runs.
 *
 * @throws {Error} With what is wrong.
 */
export async function readAsked(
  args: readonly string[],
  files: readonly string[],
  root: URL,
): Promise<Asked> {
  const options = readReportOptions(args, files);
  if (options.help) return options;
  const read = async (path: string) => ({ path, answers: await readAnswers(root, path) });
  const earlier = options.compare === undefined ? undefined : await read(options.compare);
  const shards = options.merge && await Promise.all(options.merge.map(read));
  const spec = async () => (await toolVersions(root)).spec;
  return { ...options, earlier, merged: shards && merge(shards, { files, spec: await spec() }) };
}
