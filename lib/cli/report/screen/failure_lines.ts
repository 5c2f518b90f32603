import type { ClaimRecord, Json, RunRecord } from "../../../claims/mod.ts";
import { isAsExpected, judgeRun, predicate, stands, worst } from "../../../claims/verdict.ts";
import type { QuestionView } from "../../../report/mod.ts";
import { compactNumber } from "../../../report/numbers.ts";
import { rerunLine } from "../../../report/document/rerun_line.ts";
import type { Screen } from "../../place.ts";
import { coloured, cut } from "./look.ts";

/** How many signs of a measurement are shown, and how many lines of a reason. */
const [MEASURED, REASON] = [200, 12];

/** What does not stand in a question, each in some lines: its claims, and what else is wrong with it. */
export function failureLines(question: QuestionView, screen: Screen): string[][] {
  const { file, verdict, claims, problems } = question;
  const fallen = claims.filter((claim) => !stands(claim.verdict));
  const others = problems.filter((problem) => !fallen.some((claim) => isOf(claim, problem)));
  const all = fallen.map((claim) => claimLines(file, claim, screen));
  if (others.length === 0 && (all.length > 0 || stands(verdict))) return all;
  const head = `${coloured(verdict, verdict, screen)}: ${file}`;
  return [...all, [head, ...others.flatMap(indent), `  rerun:    ${rerunLine(file)}`]];
}

/** Whether a problem of a question says what its claim says already. */
function isOf({ id, verdict, reason }: ClaimRecord, problem: string): boolean {
  return problem.endsWith(`"${id}" ${predicate(verdict)}: ${reason}`);
}

function claimLines(file: string, claim: ClaimRecord, screen: Screen): string[] {
  const { verdict, statement, id, reason = "" } = claim;
  const run = worstRun(claim);
  const [required, ...more] = shortened(reason);
  return [
    `${coloured(verdict, verdict, screen)}: ${statement} (${id})`,
    ...run ? [`  measured: ${measured(run)}`] : [],
    `  required: ${required}`,
    ...more.map((line) => `    ${line}`),
    `  rerun:    ${rerunLine(file, statement)}`,
  ];
}

/** The first of those runs that came out worst of all, if any came out wrong. */
export function worstRun({ direction, runs }: ClaimRecord): RunRecord | undefined {
  const bad = runs.filter((run) => !isAsExpected(direction, run));
  const verdict = worst(bad.map((run) => judgeRun(run).verdict));
  return bad.find((run) => judgeRun(run).verdict === verdict);
}

function measured({ model, control, evidence }: RunRecord): string {
  const where = control === undefined ? model : `${model} under "${control}"`;
  const round = (_: string, value: Json) =>
    typeof value === "number" ? Number(compactNumber(value)) : value;
  const text = evidence === null ? "no evidence" : JSON.stringify(evidence, round);
  return cut(`on ${where}, ${text}`, MEASURED);
}

function shortened(reason: string): string[] {
  const lines = reason.split("\n").filter((line) => line.trim() !== "");
  if (lines.length <= REASON) return lines;
  return [...lines.slice(0, REASON), `… ${lines.length - REASON} more lines: see the page`];
}

function indent(text: string): string[] {
  return text.split("\n").map((line) => `    ${line}`);
}
