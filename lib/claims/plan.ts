import memoize from "memoize";
import { Asker } from "./ask.ts";
import type { Figure, ShownRun } from "./pictures/figure.ts";
import { boundsOf } from "./bound.ts";
import { type ClaimSpec, reachOf, whyUnfit } from "./claim.ts";
import { controlsOf, describeControl } from "./control.ts";
import { plain } from "./evidence.ts";
import { explain } from "./explain.ts";
import type { ClaimRecord, ModelRecord, RunRecord } from "./record.ts";
import { introduce, isFamily, type Target } from "./subject.ts";
import { judge } from "./verdict.ts";

/** A claim that knows what to run and runs it once, whoever asks first. */
export interface PlannedClaim {
  readonly id: string;
  readonly statement: string;
  /** Everything that is run for it, subjects first. */
  readonly steps: readonly Step[];
  /** Whom it asks. */
  readonly models: readonly ModelRecord[];
  /** Runs what has not run yet, and says what came of it all. */
  readonly record: () => Promise<ClaimRecord>;
}

/** What is run, and reported by Deno, as one: a subject, a family or a control. */
export interface Step {
  readonly name: string;
  /** Runs it, the first time that it is called; never rejects. */
  readonly run: () => Promise<readonly RunRecord[]>;
}

/** Works out what to run for a claim; runs nothing and loads nothing. */
export function planClaim<M, E>(spec: ClaimSpec<M, E>): PlannedClaim {
  const steps = stepsOf(spec);
  const { id, statement } = spec;
  return {
    id,
    statement,
    steps,
    models: introduce(askedBy(spec)),
    record: memoize(() => recordOf(spec, steps)),
  };
}

/** Whom a claim asks: its own subjects, and those that its controls bring. */
export function askedBy<M, E>({ on, controls }: ClaimSpec<M, E>): Target<M>[] {
  return [...on, ...controlsOf(controls).flatMap(([, control]) => control.on ?? [])];
}

/** Runs one claim. */
export function runClaim<M, E>(spec: ClaimSpec<M, E>): Promise<ClaimRecord> {
  return planClaim(spec).record();
}

function stepsOf<M, E>(spec: ClaimSpec<M, E>): Step[] {
  const asker = new Asker(spec);
  const unfit = spec.on.map((target) => isFamily(target) ? undefined : whyUnfit(spec, target));
  const fitting = spec.on.filter((_, i) => unfit[i] === undefined);
  const subjects = spec.on.map((target, i) => ({
    name: target.name + (unfit[i] === undefined ? "" : ` (not applicable: ${unfit[i]})`),
    run: memoize(() => asker.ask([target], {})),
  }));
  const must = spec.direction === "claim" ? "must fail on" : "must hold on";
  const controls = controlsOf(spec.controls).map(([name, control]) => ({
    name: `${must}: ${name}`,
    run: memoize(() => asker.ask(control.on ?? fitting, control, name)),
  }));
  return [...subjects, ...controls];
}

async function recordOf<M, E>(spec: ClaimSpec<M, E>, steps: readonly Step[]): Promise<ClaimRecord> {
  const runs: RunRecord[] = [];
  for (const step of steps) runs.push(...await step.run());
  const { id, statement, kind, direction, atScale: sources = [] } = spec;
  const controls = controlsOf(spec.controls)
    .map(([name, control]) => ({ name, description: describeControl(control) }));
  const { figures, faults } = draw(spec, runs);
  const bounds = boundsOf(spec.bounds);
  const judgement = judge({ direction, controls, runs }, faults);
  return {
    ...{ id, statement, kind, direction, reach: reachOf(spec), sources },
    ...judgement,
    ...bounds.length > 0 && { bounds },
    ...{ controls, runs, figures },
  };
}

function draw<M, E>(
  { show }: ClaimSpec<M, E>,
  runs: readonly RunRecord[],
): { figures: readonly Figure[]; faults?: readonly string[] } {
  const shown = runs.filter((run) => run.verdict === "holds" || run.verdict === "fails");
  if (!show || shown.length === 0) return { figures: [] };
  try {
    const figures = [show(shown as unknown as ShownRun<E>[])].flat() as Figure[];
    plain(figures, "figures");
    return { figures };
  } catch (error) {
    return { figures: [], faults: [`its figure cannot be drawn: ${explain(error)}`] };
  }
}
