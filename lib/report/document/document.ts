import { eachOnce } from "../../claims/subject.ts";
import { pageName, questionAnchor } from "../../claims/names.ts";
import { specFileAt } from "../../claims/spec_file.ts";
import { stands } from "../../claims/verdict.ts";
import type { ModelRecord, ParagraphRecord, PartRecord, QuestionRecord } from "../../claims/mod.ts";
import { harmless } from "../plain_text.ts";
import { type ClaimView, type Making, viewClaim } from "./claim_view.ts";
import type { Draw } from "./drawn.ts";
import { type Head, type Picture, viewHead } from "./picture.ts";
import { count } from "../numbers.ts";
import { type Tally, type Totals, totalsOf } from "./totals.ts";
import type { Yours } from "./yours.ts";

/** A question as the report has it: a broken one may lack everything but its file. */
export type Question = Omit<QuestionRecord, "run" | "standing"> & { readonly standing: string };

/** The versions of what ran the claims. */
export interface Tool {
  readonly deno: string;
  readonly onnxruntime: string;
  /** Of the questions and all that they are asked with: two runs of the same have the same. */
  readonly spec?: string;
}

/** What is known of the run besides its questions. */
export interface RunInfo {
  /** What ran the claims. */
  readonly tool: Tool;
  /** How many spec files were run, and how many there are. */
  readonly files: { readonly run: number; readonly found: number };
  /** What was wrong with the run as a whole. */
  readonly problems: readonly string[];
  /** The web address of the folder where the report is published, where that is known. */
  readonly base?: string;
  /** A reader's own model, where one was asked. */
  readonly yours?: Yours;
  /** What came of all claims under all sabotages, in words, where `sabotage.html` lies beside. */
  readonly matrix?: string;
  /** When it ended and how long it took; left out where times are not wanted. */
  readonly times?: { readonly date: string; readonly seconds: number };
}

/** What all three renderings are made from. */
export interface Document extends RunInfo {
  /** Whether every claim stands and the run itself was sound. */
  readonly stands: boolean;
  /** The verdict in a sentence. */
  readonly summary: string;
  /** What a reader must know before anything else; empty for a sound and whole run. */
  readonly warnings: readonly string[];
  /** Counts. */
  readonly totals: Totals;
  /** Everybody that the claims ask, once. */
  readonly models: readonly ModelRecord[];
  /** In the order of their numbers. */
  readonly questions: readonly QuestionView[];
}

/** A question with the names of its places. */
export interface QuestionView extends Question {
  /** Unique in the document. */
  readonly anchor: string;
  /** The file that is its page, unique as well. */
  readonly page: string;
  /** Where in a transformer the answer lies, as a picture. */
  readonly head?: Head;
  /** The claims, ready to be shown. */
  readonly views: readonly ClaimView[];
  /** The answer, each paragraph with the pictures of what it first refers to. */
  readonly answer: readonly PartView[];
  /** The pictures of claims that no paragraph refers to. */
  readonly rest: readonly Picture[];
}

/** A part of an answer as it is read. */
export interface PartView extends Omit<PartRecord, "paragraphs"> {
  /** In the order of the page. */
  readonly paragraphs: readonly ParagraphView[];
}

/** A paragraph, and what is to be seen below it. */
export interface ParagraphView extends ParagraphRecord {
  /** Of the claims that it is the first to refer to. */
  readonly pictures: readonly Picture[];
}

/** Builds the document from the questions of one run; `draw` is `drawFigure` of the charts. */
export function makeDocument(
  asked: readonly Question[],
  about: RunInfo,
  draw: Draw,
): Document {
  const info = harmless(about);
  const making = { unique: uniqueNames(), draw };
  const page = pageNames();
  const questions = harmless(asked)
    .toSorted((a, b) => a.number - b.number || (a.file < b.file ? -1 : 1))
    .map((question) => ({ ...viewQuestion(question, making), page: page(question) }));
  const verdicts = questions.flatMap(({ verdict, claims }) => [{ verdict }, ...claims]);
  const { run, found } = info.files;
  const part = `This is a part of the spec: ${run} of ${count(found, "spec file")} were run.`;
  const totals = totalsOf(questions);
  return {
    ...info,
    stands: questions.length > 0 && info.problems.length === 0 &&
      verdicts.every(({ verdict }) => stands(verdict)),
    summary: summarise(totals),
    warnings: [...(run === found ? [] : [part]), ...info.problems],
    totals,
    models: eachOnce(questions.flatMap((question) => question.models)),
    questions,
  };
}

function summarise({ questions, claims, runs }: Totals): string {
  if (questions.total === 0) return "There are no questions, so nothing was checked.";
  return `${standing(claims)} of ${count(claims.total, "claim")} and ${standing(questions)} of ${
    count(questions.total, "question")
  } stand. The claims were run ${count(runs.subject, "time")} on the models they are about and ${
    count(runs.control, "time")
  } on controls, which must come out the other way.`;
}

function standing(tally: Tally): number {
  return tally.holds + tally.refuted + tally["not applicable"];
}

/** A question with a figure that cannot be drawn is broken: the picture is a part of the answer. */
function viewQuestion(question: Question, making: Making): Omit<QuestionView, "page"> {
  const { file, number } = question;
  const anchor = making.unique(questionAnchor(number));
  const views = question.claims.map((claim, place) =>
    viewClaim(claim, { file, number, place }, making)
  );
  const head = viewHead(question, `${anchor}-schematic`, making.draw);
  const undrawn = [head, ...views.flatMap((view) => view.pictures)]
    .flatMap((picture) => picture?.problem ?? []);
  return {
    ...question,
    verdict: undrawn.length === 0 ? question.verdict : "broken",
    // One that is read back from answers.json says so already.
    problems: [...new Set([...question.problems, ...undrawn])],
    anchor,
    head,
    views,
    ...readingOrder(question, views),
  };
}

/** The answer with each picture below the paragraph that first refers to its claim. */
function readingOrder({ parts }: Question, views: readonly ClaimView[]) {
  const waiting = new Map(views.map((view) => [view.id, view.pictures]));
  const take = (id: string) => {
    const pictures = waiting.get(id) ?? [];
    waiting.delete(id);
    return pictures;
  };
  const answer = parts.map(({ paragraphs, ...part }) => ({
    ...part,
    paragraphs: paragraphs.map((each) => ({ ...each, pictures: each.claims.flatMap(take) })),
  }));
  return { answer, rest: [...waiting.values()].flat() };
}

/** The files that are the questions' pages. */
function pageNames(): (question: Question) => string {
  const unique = uniqueNames();
  return ({ file, number }) => `${unique(pageName({ ...specFileAt(file), number }))}.html`;
}

/** Names that were given before get the first number that makes them unique. */
function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    let free = name;
    for (let i = 2; taken.has(free); i++) free = `${name}-${i}`;
    taken.add(free);
    return free;
  };
}
