import { explain } from "./explain.ts";
import { repeated } from "./names.ts";
import { type Essay, type Part, proseOf, type QuestionInfo } from "./prose/essay.ts";
import { essayProblems } from "./prose/essay_check.ts";
import {
  citedIn,
  isMeasured,
  isSource,
  type Prose,
  type Resolution,
  resolveProse,
} from "./prose/prose.ts";
import { strangeNames, typedDigits, wordsWithDigits } from "./prose/prose_check.ts";
import { linkTerms, termsIn } from "./prose/terms.ts";
import type { ClaimRecord, PartRecord, QuestionRecord, Source } from "./record.ts";
import { nameProblem, type SpecFile } from "./spec_file.ts";
import { eachOnce } from "./subject.ts";
import { predicate, stands, worst } from "./verdict.ts";

/** A question whose claims have run. */
export interface Answered extends Pick<QuestionRecord, "run" | "question" | "claims" | "models"> {
  readonly file: SpecFile;
  readonly info: QuestionInfo;
  readonly essay: Essay;
  /** What was found wrong with it before. */
  readonly faults?: readonly string[];
}

/** What the question leaves behind, with everything that is wrong with it. */
export function questionRecord(
  { run, file, question, info, essay, claims, models, faults = [] }: Answered,
): QuestionRecord {
  const written = write(essay, { number: file.number, claims });
  const problems = [
    ...nameProblems(file),
    ...written.problems,
    ...faults,
    ...claimListProblems(claims),
    ...pictureProblems(claims),
    ...notesProblems(info),
    ...essayProblems(essay, question),
    ...proseProblems(question, essay, claims),
    ...termProblems(essay, claims),
  ];
  const verdicts = [
    ...claims.map((claim) => claim.verdict),
    ...problems.map(() => "broken" as const),
  ];
  const { path, number } = file;
  const { notes, standing, lit = [], attn_only } = info;
  const { short = "", parts, wouldChange, suggestions } = written;
  return {
    ...{ run, file: path, number, question, notes, standing, lit, verdict: worst(verdicts) },
    ...attn_only && { attn_only },
    ...{ short, parts, wouldChange, sources: sourcesOf(info, essay, claims) },
    ...suggestions.length > 0 && { suggestions },
    ...{ models: eachOnce(models), claims: claims.map((claim) => withQuoted(claim, essay)) },
    // A standing that is not upheld is as bad as the claim that brings it down, and no worse.
    problems: [...problems, ...standingProblems(info, claims)],
  };
}

/** A claim with the field of its evidence that the answer quotes most. */
function withQuoted(claim: ClaimRecord, essay: Essay): ClaimRecord {
  const slots = proseOf(essay).flatMap((prose) => prose.slots.filter(isMeasured));
  const own = slots.filter((slot) => slot.claim === claim.id && slot.field !== undefined);
  const [most] = [...Map.groupBy(own, ({ field }) => field!)]
    .toSorted(([, one], [, other]) => other.length - one.length);
  return most ? { ...claim, quoted: most[0] } : claim;
}

/** A question that is asked from elsewhere than the folder of questions may be called anything. */
function nameProblems({ path }: SpecFile): string[] {
  return path.startsWith("spec/")
    ? [nameProblem(path)].filter((problem) => problem !== undefined)
    : [];
}

/** The answer with its figures filled in, its terms linked, and why that could not be done. */
function write({ parts, wouldChange, suggestions }: Essay, resolution: Resolution) {
  const problems: string[] = [];
  const linked = new Set<string>();
  const resolve = (prose: Prose) => {
    try {
      return resolveProse(prose, resolution);
    } catch (error) {
      problems.push(`The answer cannot be written: ${explain(error)}`);
      return "";
    }
  };
  const part = ({ title, short, paragraphs }: Part): PartRecord => ({
    ...title === undefined ? {} : { title },
    ...short && { short: shortAnswer(resolve(short)) },
    paragraphs: paragraphs.map(({ kind, prose }) => ({
      kind,
      text: linkTerms(resolve(prose), linked),
      claims: [...citedIn(prose)],
    })),
  });
  const [{ short, ...first }, ...others] = parts.map(part);
  return {
    short,
    parts: [first, ...others],
    wouldChange: wouldChange ? linkTerms(resolve(wouldChange), linked) : "",
    suggestions: suggestions.map(({ sabotage: { name, description }, why, ...suggestion }) => {
      return { ...suggestion, name, description, why: linkTerms(resolve(why), linked) };
    }),
    problems,
  };
}

/** A short answer without the marks of Markdown: it is read in places that have none. */
export function shortAnswer(markdown: string): string {
  return markdown.replace(/[`*_]/g, "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(
    /\s+/g,
    " ",
  );
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

function notesProblems({ standing, notes }: QuestionInfo): string[] {
  const open = notes.startsWith("open");
  if ((standing === "answered here") === open) return [];
  const required = open ? '"answered here"' : "against what the notes say";
  return [`The standing must be ${required} where the notes are "${notes}", got "${standing}"`];
}

function proseProblems(
  question: string,
  essay: Essay,
  claims: readonly ClaimRecord[],
): string[] {
  const prose = proseOf(essay);
  const models = modelNames(claims);
  const allowed = [question, ...wordsWithDigits(question), ...models];
  const digits = prose.flatMap((each) => typedDigits(each, allowed));
  const controls = claims.flatMap((claim) => claim.controls.map(({ name }) => name));
  const strange = prose.flatMap((each) => strangeNames(each, [...models, ...controls]));
  const cited = new Set(prose.flatMap((each) => [...citedIn(each)]));
  const uncited = claims.map((claim) => claim.id).filter((id) => !cited.has(id));
  return [
    ...digits.map((word) => `A figure was typed into the answer: "${word}" must come from a claim`),
    ...strange.map((name) => `${NAMED}, got "${name}"`),
    ...uncited.map((id) => `The answer never refers to the claim "${id}"`),
  ];
}

/** Terms that pictures and claims use, and that the answer, which could link them, never does. */
function termProblems(essay: Essay, claims: readonly ClaimRecord[]): string[] {
  const explained = new Set(proseOf(essay).flatMap(({ typed }) => [...termsIn(typed.join(" "))]));
  const shown = claims.flatMap(({ statement, figures }) => [
    statement,
    ...figures.flatMap(({ title, caption }) => [title, caption]),
  ]);
  const missing = new Set(shown.flatMap((text) => [...termsIn(text)])).difference(explained);
  return [...missing].map((term) =>
    `A claim or a picture uses the term "${term}", which the answer never uses and so cannot link`
  );
}

const NAMED = "A name in the answer has digits and must be that of a model, family or control of " +
  "its claims";

function modelNames(claims: readonly ClaimRecord[]): string[] {
  return claims.flatMap(({ runs }) => runs.flatMap((run) => [run.model, run.family ?? []])).flat();
}

function standingProblems(
  { standing }: QuestionInfo,
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

/** What is declared, what the prose cites, and who reports the same of large models; each once. */
function sourcesOf(
  { sources = [] }: QuestionInfo,
  essay: Essay,
  claims: readonly ClaimRecord[],
): Source[] {
  const cited = proseOf(essay).flatMap((prose) => prose.slots.filter(isSource));
  return [...new Set([...sources, ...cited, ...claims.flatMap((claim) => claim.sources)])];
}
