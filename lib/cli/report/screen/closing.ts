import { stands } from "../../../claims/verdict.ts";
import type { Document, QuestionView } from "../../../report/mod.ts";
import { signOf } from "../../../report/document/words.ts";
import type { Screen } from "../../place.ts";
import { failureLines } from "./failure_lines.ts";
import { coloured, column, sizeOf } from "./look.ts";

/** How the end of a report is told. */
export interface Closing {
  /** Where. */
  readonly screen: Screen;
  /** Whether nothing but what is wrong is wanted. */
  readonly quiet: boolean;
  /** What is to be said besides, such as what has changed. */
  readonly more?: readonly string[];
}

/** How many rows of a screen the questions leave to what is said below them. */
const BELOW = 6;

/** As many failures as are told in full on a terminal; the others are named, and are on the pages. */
const IN_FULL = 3;

/** What the command says at the end: every question, all that does not stand, and where the report is. */
export function closingLines(document: Document, { screen, quiet, more = [] }: Closing): string[] {
  const { questions, warnings, summary } = document;
  const failures = questions.flatMap((question) => failureLines(question, screen));
  const inFull = screen.terminal ? IN_FULL : Infinity;
  return [
    ...quiet ? [] : questionLines(questions, screen),
    ...failures.slice(0, inFull).flat(),
    ...failures.slice(inFull).map(([head]) => head),
    ...warnings.map((warning) => `! ${warning}`),
    ...more,
    ...quiet ? [] : [summary],
    lastLine(document),
  ];
}

function lastLine({ stands }: Document): string {
  return `${stands ? "Every claim stands" : "NOT every claim stands"}: see report/index.html, ` +
    "report/answers.md and report/answers.json";
}

/** A line for each question; where there are too many to be seen, for those that do not stand. */
function questionLines(questions: readonly QuestionView[], screen: Screen): string[] {
  const { rows } = sizeOf(screen);
  const seen = questions.length <= rows - BELOW
    ? questions
    : questions.filter(({ verdict }) => !stands(verdict)).slice(0, rows - BELOW);
  const others = questions.filter((question) => !seen.includes(question));
  const rest = others.length === 0 ? [] : [`${others.length} others ${secondsOf(others)}`];
  return [...seen.map((question) => questionLine(question, screen)), ...rest];
}

/** The widest verdict, and seconds. */
const [VERDICT, SECONDS] = ["not applicable".length, 8];

function questionLine(question: QuestionView, screen: Screen): string {
  const { number, verdict } = question;
  const asked = sizeOf(screen).columns - VERDICT - SECONDS - 8;
  const sign = coloured(signOf(verdict), verdict, screen);
  const shown = coloured(column(verdict, VERDICT), verdict, screen);
  const text = column(question.question, Math.max(asked, 20));
  return `${sign} ${String(number).padStart(2)} ${text} ${shown} ${secondsOf([question])}`;
}

/** How long all runs of some questions took, in words, where that was kept. */
function secondsOf(questions: readonly QuestionView[]): string {
  const runs = questions.flatMap(({ claims }) => claims.flatMap(({ runs }) => runs));
  if (runs.some(({ seconds }) => seconds === undefined)) return "–".padStart(SECONDS);
  return `${runs.reduce((sum, run) => sum + run.seconds, 0).toFixed(1)} s`.padStart(SECONDS);
}
