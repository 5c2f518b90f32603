import { claimProblems, type ClaimSpec, type ShownRun } from "./claim.ts";
import { describeControl } from "./control.ts";
import { plain } from "./evidence.ts";
import { explain } from "./explain.ts";
import type { Figure } from "./figure.ts";
import { modelsOf } from "./models.ts";
import { once } from "./once.ts";
import type { ClaimRecord, ModelRecord, RunRecord } from "./record.ts";
import { type Step, stepsOf } from "./steps.ts";
import { judge, type Judgement } from "./verdict.ts";

/** A claim that knows what to run and runs it once, whoever asks first. */
export interface PlannedClaim {
  readonly id: string;
  readonly statement: string;
  readonly steps: readonly Step[];
  /** Whom it asks. */
  readonly models: readonly ModelRecord[];
  /** Runs what has not run yet, and says what came of it all. */
  readonly record: () => Promise<ClaimRecord>;
}

/** Works out what to run for a claim; runs nothing and loads nothing. */
export function planClaim<M, E>(spec: ClaimSpec<M, E>): PlannedClaim {
  const steps = stepsOf(spec);
  const { id, statement } = spec;
  return {
    id,
    statement,
    steps,
    models: modelsOf(spec),
    record: once(() => recordOf(spec, steps)),
  };
}

/** Runs one claim. */
export function runClaim<M, E>(spec: ClaimSpec<M, E>): Promise<ClaimRecord> {
  return planClaim(spec).record();
}

async function recordOf<M, E>(spec: ClaimSpec<M, E>, steps: readonly Step[]): Promise<ClaimRecord> {
  const runs: RunRecord[] = [];
  for (const step of steps) runs.push(...(await step.run()).map((outcome) => outcome.record));
  const { id, statement, kind, direction } = spec;
  const controls = Object.entries(spec.controls ?? {})
    .map(([name, control]) => ({ name, description: describeControl(control) }));
  const { figures, problem } = draw(spec, runs);
  const problems = [...claimProblems(spec), ...problem ? [problem] : []];
  const judgement = withProblems(judge({ direction, controls }, runs), problems);
  return { id, statement, kind, direction, ...judgement, controls, runs, figures };
}

function withProblems(judgement: Judgement, problems: readonly string[]): Judgement {
  if (problems.length === 0) return judgement;
  const also = judgement.verdict === "broken" ? [judgement.reason!] : [];
  return { verdict: "broken", reason: [...problems, ...also].join("; ") };
}

function draw<M, E>(
  { show }: ClaimSpec<M, E>,
  runs: readonly RunRecord[],
): { figures: readonly Figure[]; problem?: string } {
  const shown = runs.filter((run) => run.verdict === "holds" || run.verdict === "fails");
  if (!show || shown.length === 0) return { figures: [] };
  try {
    const figures = [show(shown as unknown as ShownRun<E>[])].flat() as Figure[];
    plain(figures, "figures");
    return { figures };
  } catch (error) {
    return { figures: [], problem: `its figure cannot be drawn: ${explain(error)}` };
  }
}
