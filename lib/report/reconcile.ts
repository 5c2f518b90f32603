import { isAnswerTest } from "../claims/names.ts";
import { stands } from "../claims/verdict.ts";
import type { Question } from "./document/document.ts";
import { contradictions, readEvidence } from "./evidence.ts";
import { readJunit, type Suite } from "./junit.ts";
import { harmless } from "./plain_text.ts";
import { brokenQuestion, evidenceOf, isSpecFile } from "./spec_files.ts";

/** Everything that a run of the spec left behind. */
export interface Traces {
  /** The run's id. */
  readonly run: string;
  /** The spec files that were to be run, from the project's root. */
  readonly files: readonly string[];
  /** Texts of the files in this run's evidence folder by name. */
  readonly evidence: ReadonlyMap<string, string>;
  /** What `--junit-path` wrote. */
  readonly junit: string;
  /** What `deno test` exited with. */
  readonly code: number;
  /** What each file threw that could not be loaded, where that is known. */
  readonly errors: ReadonlyMap<string, string>;
  /** Why a file was not run to its end. */
  readonly cuts: ReadonlyMap<string, string>;
  /** What `deno test` printed. */
  readonly output: string;
}

/** What can be believed of a run. */
export interface Findings {
  /** One for every spec file, broken where its traces do not agree. */
  readonly questions: readonly Question[];
  /** What is wrong with the run as a whole. */
  readonly problems: readonly string[];
}

/**
 * Puts together what a run left behind. A question is believed only where its evidence, its tests
 * and how the run ended agree; otherwise it is broken, and says why.
 */
export function reconcile(traces: Traces): Findings {
  const suites = readJunit(traces.junit);
  const questions = traces.files.map((file) =>
    settle(file, traces, suites?.find((each) => each.file === file))
  );
  return { questions, problems: runProblems(traces, suites, questions) };
}

function settle(file: string, traces: Traces, suite: Suite | undefined): Question {
  const { record, running } = evidenceOf(file);
  const text = traces.evidence.get(record);
  if (text === undefined) {
    const at = whereEnded(traces.evidence.get(running));
    return brokenQuestion(file, whyAbsent(file, traces, suite) + at);
  }
  try {
    const { run: _, ...question } = readEvidence(text, { run: traces.run, file });
    const problems = [
      ...contradictions(question).map((found) => `The evidence is wrong: ${found}`),
      ...disagreements(question, traces, suite),
    ];
    return problems.length === 0
      ? question
      : { ...question, verdict: "broken", problems: [...question.problems, ...problems] };
  } catch (thrown) {
    return brokenQuestion(file, `It cannot be believed: ${(thrown as Error).message}`);
  }
}

/** Why a spec file left no evidence. */
function whyAbsent(file: string, { cuts, errors }: Traces, suite: Suite | undefined): string {
  if (cuts.has(file)) return cuts.get(file)!;
  if (errors.has(file)) return `It threw while loading: ${errors.get(file)}`;
  if (!suite) return "It registered no test: a spec file asks one question";
  return "Its tests ran and left no evidence of this run: it was cut short, or asks no question" +
    (suite.failed.length > 0 ? `. Failed: ${suite.failed.join("; ")}` : "");
}

/** What a spec was at when it ended, where its note of that is there and whole. */
function whereEnded(note: string | undefined): string {
  try {
    const { claim, step } = JSON.parse(note ?? "");
    return `. It was at the claim ${claim}: ${step}`;
  } catch {
    return "";
  }
}

function disagreements(
  { file, verdict, claims }: Omit<Question, "run">,
  { cuts, errors }: Traces,
  suite: Suite | undefined,
): string[] {
  if (cuts.has(file)) return [`It left evidence and then: ${cuts.get(file)}`];
  if (errors.has(file)) return [`It left evidence and then threw: ${errors.get(file)}`];
  if (!suite) return ["It left evidence, but the test results do not mention it: it was cut short"];
  const missing = claims.filter((claim) => !suite.tests.includes(claim.statement));
  const answers = suite.tests.filter(isAnswerTest).length;
  const failed = suite.failed.length > 0;
  return [
    ...missing.map((claim) => `The test results do not mention the claim ${claim.id}`),
    ...(answers === 1 ? [] : [`A spec file asks one question; this one asks ${answers}`]),
    ...(failed && stands(verdict)
      ? [`Its evidence says ${verdict}, but these tests failed: ${suite.failed.join("; ")}`]
      : []),
    ...(!failed && !stands(verdict)
      ? [`Its evidence says ${verdict}, but all of its tests passed`]
      : []),
  ];
}

function runProblems(
  { files, evidence, code, output }: Traces,
  suites: Suite[] | undefined,
  questions: readonly Question[],
): string[] {
  const known = new Set(files.flatMap((file) => Object.values(evidenceOf(file))));
  const strays = [...evidence.keys()].filter((name) => !known.has(name)).sort();
  // Steps are filed under the library that makes them, so only spec files can be out of place.
  const others = (suites ?? []).filter(({ file }) => isSpecFile(file) && !files.includes(file));
  const calm = questions.every((question) => stands(question.verdict));
  return [
    ...(files.length === 0 ? ["There is no spec file: nothing was checked."] : []),
    ...(suites ? [] : ["The test results were cut short."]),
    ...strays.map((name) => `There is evidence for no spec file: ${name}.`),
    ...others.map(({ file }) => `The test results mention a file that was not asked for: ${file}.`),
    ...(code !== 0 && calm
      ? [`deno test failed (exit code ${code}) though every question stands:\n${tail(output)}`]
      : []),
  ];
}

/** How many lines of the output are quoted. */
const TAIL = 12;

/** The last lines of the output, without what differs from run to run. */
function tail(output: string): string {
  const lines = harmless(output).trimEnd().replace(/ \(\d+(\.\d+)?(ms|s|µs|m\d+s)\)/g, "").split(
    "\n",
  );
  return lines.slice(-TAIL).join("\n");
}
