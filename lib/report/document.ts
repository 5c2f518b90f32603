import type { ClaimRecord, Figure, QuestionRecord, RunRecord } from "../claims/mod.ts";
import { letters } from "../claims/prose.ts";
import { drawFigure } from "./charts/chart.ts";
import { type Measured, measured } from "./measured.ts";
import { count } from "./numbers.ts";
import { figureTable, type Table } from "./table.ts";
import { type Tally, type Totals, totalsOf } from "./totals.ts";
import { stands } from "../claims/verdict.ts";

/** A question as the report has it: a broken one may lack everything but its file. */
export type Question = Omit<QuestionRecord, "run" | "standing"> & { readonly standing: string };

/** What is known of the run besides its questions. */
export interface RunInfo {
  /** Versions of the tools. */
  readonly tool: { readonly deno: string; readonly onnxruntime: string };
  /** How many spec files were run, and how many there are. */
  readonly files: { readonly run: number; readonly found: number };
  /** What was wrong with the run as a whole. */
  readonly problems: readonly string[];
  /** When it ended and how long it took; left out where times are not wanted. */
  readonly times?: { readonly date: string; readonly seconds: number };
}

/** What all three renderings are made from. */
export interface Document extends RunInfo {
  /** Of the page. */
  readonly title: string;
  /** What this is, in two sentences. */
  readonly lead: string;
  /** Whether every spec file was asked for. */
  readonly complete: boolean;
  /** Whether every claim stands and the run itself was sound. */
  readonly stands: boolean;
  /** The verdict in a sentence. */
  readonly summary: string;
  /** Counts. */
  readonly totals: Totals;
  /** In the order of their numbers. */
  readonly questions: readonly QuestionView[];
}

/** A question with the name of its place on the page. */
export interface QuestionView extends Question {
  /** Unique in the document. */
  readonly anchor: string;
  /** The claims, ready to be shown. */
  readonly views: readonly ClaimView[];
}

/** A claim with its runs gathered by what they were run on. */
export interface ClaimView extends ClaimRecord {
  /** By which the answer refers to it. */
  readonly letter: string;
  /** Unique in the document: what references in the answer link to. */
  readonly anchor: string;
  /** The models that it is about. */
  readonly subjects: readonly Group[];
  /** What it must be told apart from. */
  readonly checks: readonly ControlView[];
  /** Its pictures. */
  readonly pictures: readonly Picture[];
}

/** One model, or all members of one family of random models. */
export interface Group {
  /** The model's or the family's name. */
  readonly name: string;
  /** Whether it is a family. */
  readonly family: boolean;
  /** Its runs, in the order of the record. */
  readonly runs: readonly RunRecord[];
  /** The runs' evidence, summarised. */
  readonly measured: readonly Measured[];
}

/** One control over everything it was run on. */
export interface ControlView {
  /** As the spec names it. */
  readonly name: string;
  /** What it changes; empty where unknown. */
  readonly description: string;
  /** What it was run on. */
  readonly groups: readonly Group[];
}

/** A figure with its place and its data as a table. */
export interface Picture {
  /** Unique in the document; the stem of the picture's file. */
  readonly anchor: string;
  /** What to draw. */
  readonly figure: Figure;
  /** The same data. */
  readonly table: Table;
  /** The chart as SVG; undefined where no row could be drawn. */
  readonly chart?: string;
}

/** Builds the document from the questions of one run. */
export function makeDocument(questions: readonly Question[], info: RunInfo): Document {
  const sorted = questions.toSorted((a, b) => a.number - b.number || (a.file < b.file ? -1 : 1));
  const totals = totalsOf(sorted);
  const every = sorted.length > 0 && info.problems.length === 0 &&
    sorted.every((question) =>
      stands(question.verdict) && question.claims.every((claim) => stands(claim.verdict))
    );
  const anchors = new Set<string>();
  return {
    ...info,
    title: "How decoder-only transformers work",
    lead: LEAD,
    complete: info.files.run === info.files.found,
    stands: every,
    summary: summarise(totals),
    totals,
    questions: sorted.map((question) => viewQuestion(question, anchors)),
  };
}

const LEAD = "Questions about decoder-only transformers, each answered by claims that were just " +
  "checked by running real models. Every claim was also run where it must come out wrong, on " +
  "models broken on purpose, and every measured number in an answer comes from this run.";

function summarise({ questions, claims, runs }: Totals): string {
  if (questions.total === 0) return "There are no questions, so nothing was checked.";
  return `${standing(claims)} of ${count(claims.total, "claim")} and ${standing(questions)} of ${
    count(questions.total, "question")
  } stand. The claims were run ${count(runs.subject, "time")} on the models they are about and ${
    count(runs.control, "time")
  } on controls, which must come out wrong.`;
}

function standing(tally: Tally): number {
  return tally.holds + tally.refuted + tally["not applicable"];
}

function viewQuestion(question: Question, anchors: Set<string>): QuestionView {
  const number = String(question.number).padStart(2, "0");
  const anchor = unique(`question-${number}`, anchors);
  const views = question.claims.map((claim, place) => ({
    ...viewClaim(claim, number, anchors),
    letter: letters(place),
  }));
  return { ...question, anchor, views };
}

function viewClaim(
  claim: ClaimRecord,
  number: string,
  anchors: Set<string>,
): Omit<ClaimView, "letter"> {
  const anchor = unique(`${number}-${claim.id}`, anchors);
  const runsOf = (name: string) => claim.runs.filter((run) => run.control === name);
  const named = claim.runs.filter((run) => run.role === "control").map((run) => run.control ?? "");
  const names = new Set([...claim.controls.map((control) => control.name), ...named]);
  return {
    ...claim,
    anchor,
    subjects: gather(claim.runs.filter((run) => run.role === "subject")),
    checks: [...names].map((name) => ({
      name,
      description: claim.controls.find((control) => control.name === name)?.description ?? "",
      groups: gather(runsOf(name)),
    })),
    pictures: claim.figures.map((figure, i) => ({
      anchor: unique(`${anchor}-figure-${i + 1}`, anchors),
      figure,
      table: figureTable(figure),
      chart: drawFigure(figure),
    })),
  };
}

function gather(runs: readonly RunRecord[]): Group[] {
  const groups = Map.groupBy(runs, (run) => run.family ?? run.model);
  return [...groups].map(([name, members]) => ({
    name,
    family: members[0].family !== undefined,
    runs: members,
    measured: measured(members),
  }));
}

/** The name, or the name with the first number that makes it unique. */
function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name}-${i}`;
  taken.add(free);
  return free;
}
