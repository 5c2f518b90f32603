import type { Question, RunInfo, Tool } from "../../../report/mod.ts";
import type { Answers } from "./answers_file.ts";

/** An `answers.json` and where it was read. */
export interface Shard {
  readonly path: string;
  readonly answers: Answers;
}

/** Where they are put together. */
export interface Here {
  /** The version of the spec here. */
  readonly spec: string;
  /** The spec files that there are, from the project's root. */
  readonly files: readonly string[];
}

/** What several runs found, each of some of the spec files. */
export interface Merged {
  readonly questions: readonly Question[];
  readonly info: RunInfo;
  /** The spec files that none of them ran. */
  readonly missing: readonly string[];
}

/**
 * Joins what machines found that each ran some of the spec files.
 *
 * @throws {Error} If they ran different versions, or do not agree on a question.
 */
export function merge(shards: readonly Shard[], { spec, files }: Here): Merged {
  for (const shard of shards) sameVersions(shard, shards[0], spec);
  const questions = new Map<string, Found>();
  for (const { path, answers } of shards) {
    for (const question of answers.questions) add({ path, question }, files, questions);
  }
  const missing = files.filter((file) => !questions.has(file));
  const info = {
    tool: shards[0].answers.tool,
    files: { run: questions.size, found: files.length },
    problems: [...new Set(shards.flatMap(({ answers }) => answers.problems))],
    times: timesOf(shards.map(({ answers }) => answers)),
  };
  return { questions: [...questions.values()].map(({ question }) => question), info, missing };
}

function sameVersions({ path, answers: { tool } }: Shard, first: Shard, spec: string): void {
  if (tool.spec !== spec) {
    throw new Error(
      `Cannot merge ${path}: it must be of the spec as it is here, version ${spec}, ` +
        `got ${tool.spec ?? "one that says no version"}`,
    );
  }
  const versions = ({ deno, onnxruntime }: Tool) => `Deno ${deno}, onnxruntime-web ${onnxruntime}`;
  const [required, given] = [versions(first.answers.tool), versions(tool)];
  if (given === required) return;
  throw new Error(`Cannot merge ${path}: ${first.path} was made by ${required}, got ${given}`);
}

/** A question and the file that it was read from. */
interface Found {
  readonly path: string;
  readonly question: Question;
}

function add(found: Found, files: readonly string[], all: Map<string, Found>): void {
  const { path, question: { file } } = found;
  if (!files.includes(file)) {
    throw new Error(`Cannot merge ${path}: it is about ${file}, which is no spec file here`);
  }
  const before = all.get(file);
  if (before && withoutTimes(before) !== withoutTimes(found)) {
    throw new Error(`Cannot merge ${path}: of ${file}, ${before.path} says something else`);
  }
  if (!before) all.set(file, found);
}

function withoutTimes({ question }: Found): string {
  const claims = question.claims.map((claim) => ({
    ...claim,
    runs: claim.runs.map(({ seconds: _, ...run }) => run),
  }));
  return JSON.stringify({ ...question, claims });
}

/** When the last of them ended, and how long all took together, where all say so. */
function timesOf(all: readonly Answers[]): RunInfo["times"] {
  const dates = all.flatMap(({ date }) => date ?? []).sort();
  const seconds = all.flatMap(({ seconds }) => seconds ?? []);
  if (dates.length < all.length || seconds.length < all.length) return undefined;
  return { date: dates.at(-1)!, seconds: seconds.reduce((sum, each) => sum + each) };
}
