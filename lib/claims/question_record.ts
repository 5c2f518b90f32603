import { explain } from "./explain.ts";
import { repeated } from "./names.ts";
import { citedIn, isSource, type Prose, type Resolution, resolveProse } from "./prose/prose.ts";
import {
  strangeNames,
  typedDigits,
  untiedSentences,
  wordsWithDigits,
} from "./prose/prose_check.ts";
import type { ClaimRecord, QuestionRecord, Source, Standing } from "./record.ts";
import { nameProblem, type SpecFile } from "./spec_file.ts";
import { eachOnce } from "./subject.ts";
import { predicate, stands, worst } from "./verdict.ts";

/** What the body of a question returns. */
export interface Answer {
  /** What the learner's notes say: "yes", "no", "open" or a sentence. */
  readonly notes: string;
  /** Where our answer stands to the notes: "answered here" where they are open. */
  readonly standing: Standing;
  /** The answer; every sentence is tied to a claim. */
  readonly answer: Prose;
  /** What would change our mind. */
  readonly wouldChange: Prose;
  /** What the answer rests on besides its claims. */
  readonly sources?: readonly Source[];
}

/** A question whose claims have run. */
export interface Answered extends Pick<QuestionRecord, "run" | "question" | "claims" | "models"> {
  readonly file: SpecFile;
  readonly answer: Answer;
}

/** What the question leaves behind, with everything that is wrong with it. */
export function questionRecord(
  { run, file, question, answer, claims, models }: Answered,
): QuestionRecord {
  const written = write(answer, { number: file.number, claims });
  const problems = [
    ...nameProblems(file),
    ...written.problems,
    ...claimListProblems(claims),
    ...pictureProblems(claims),
    ...notesProblems(answer),
    ...proseProblems(question, answer, claims),
  ];
  const verdicts = [
    ...claims.map((claim) => claim.verdict),
    ...problems.map(() => "broken" as const),
  ];
  const { path, number } = file;
  const { notes, standing } = answer;
  return {
    run,
    file: path,
    number,
    question,
    notes,
    standing,
    verdict: worst(verdicts),
    answer: written.answer,
    wouldChange: written.wouldChange,
    sources: sourcesOf(answer),
    models: eachOnce(models),
    claims,
    // A standing that is not upheld is as bad as the claim that brings it down, and no worse.
    problems: [...problems, ...standingProblems(answer, claims)],
  };
}

/** A question that is asked from elsewhere than the folder of questions may be called anything. */
function nameProblems({ path }: SpecFile): string[] {
  return path.startsWith("spec/")
    ? [nameProblem(path)].filter((problem) => problem !== undefined)
    : [];
}

function write({ answer, wouldChange }: Answer, resolution: Resolution) {
  const problems: string[] = [];
  const resolve = (prose: Prose) => {
    try {
      return resolveProse(prose, resolution);
    } catch (error) {
      problems.push(`The answer cannot be written: ${explain(error)}`);
      return "";
    }
  };
  return { answer: resolve(answer), wouldChange: resolve(wouldChange), problems };
}

function claimListProblems(claims: readonly ClaimRecord[]): string[] {
  if (claims.length === 0) return ["The question has no claim: it must make at least one"];
  return repeated(claims.map((claim) => claim.id)).map((id) =>
    `Two claims have the id "${id}": ids must differ`
  );
}

function pictureProblems(claims: readonly ClaimRecord[]): string[] {
  // Where a claim does not stand, or none applies, there may be nothing to draw: that is said already.
  const sound = worst(claims.map((claim) => claim.verdict));
  if (sound !== "holds" && sound !== "refuted") return [];
  if (claims.some((claim) => claim.figures.length > 0)) return [];
  return ["The question has no picture: at least one of its claims must show its evidence"];
}

function notesProblems({ standing, notes }: Answer): string[] {
  const open = notes.startsWith("open");
  if ((standing === "answered here") === open) return [];
  const required = open ? '"answered here"' : "against what the notes say";
  return [`The standing must be ${required} where the notes are "${notes}", got "${standing}"`];
}

function proseProblems(
  question: string,
  { answer, wouldChange }: Answer,
  claims: readonly ClaimRecord[],
): string[] {
  const prose = [answer, wouldChange];
  const models = modelNames(claims);
  const allowed = [question, ...wordsWithDigits(question), ...models];
  const digits = prose.flatMap((each) => typedDigits(each, allowed));
  const controls = claims.flatMap((claim) => claim.controls.map(({ name }) => name));
  const strange = prose.flatMap((each) => strangeNames(each, [...models, ...controls]));
  const cited = new Set([...citedIn(answer), ...citedIn(wouldChange)]);
  const uncited = claims.map((claim) => claim.id).filter((id) => !cited.has(id));
  return [
    ...digits.map((word) => `A figure was typed into the answer: "${word}" must come from a claim`),
    ...strange.map((name) => `${NAMED}, got "${name}"`),
    ...untiedSentences(answer).map((words) => `A sentence is tied to no claim: "${words}"`),
    ...uncited.map((id) => `The answer never refers to the claim "${id}"`),
  ];
}

const NAMED = "A name in the answer has digits and must be that of a model, family or control of " +
  "its claims";

function modelNames(claims: readonly ClaimRecord[]): string[] {
  return claims.flatMap(({ runs }) => runs.flatMap((run) => [run.model, run.family ?? []])).flat();
}

function standingProblems(
  { standing }: Answer,
  claims: readonly ClaimRecord[],
): string[] {
  const fallen = claims.filter((claim) => !stands(claim.verdict));
  const applied = claims.some((claim) => claim.verdict !== "not applicable");
  const not = `The standing "${standing}" is not upheld:`;
  const problems = fallen.map(({ id, verdict, reason }) =>
    `${not} "${id}" ${predicate(verdict)}: ${reason}`
  );
  if (claims.length > 0 && !applied) problems.push(`${not} no claim applies to any model`);
  return problems;
}

/** What is declared and what the prose cites. */
function sourcesOf({ sources = [], answer, wouldChange }: Answer): Source[] {
  const cited = [answer, wouldChange].flatMap((prose) => prose.slots.filter(isSource));
  return [...new Set([...sources, ...cited])];
}
