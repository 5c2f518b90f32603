import memoize from "memoize";
import { Asker, membersOf } from "./ask.ts";
import { boundsOf } from "./bound.ts";
import { type ClaimSpec, LIMIT, reachOf, whyUnfit } from "./claim.ts";
import { type Control, controlsOf, describeControl } from "./control.ts";
import { draw, drawControl } from "./draw.ts";
import { everyModel } from "./every_model.ts";
import type { Model } from "../model/model.ts";
import type { Sabotage } from "../model/sabotages/sabotage.ts";
import { fewOf } from "./few.ts";
import type { ClaimRecord, Kind, ModelRecord, RunRecord } from "./record.ts";
import { introduce, isFamily, type Subject, type Target } from "./subject.ts";
import { judge, judgeRuns } from "./verdict.ts";
import { outcomeOf, withYours, type YoursRecord } from "./yours.ts";

/** A claim that knows what to run and runs it once, whoever asks first. */
export interface PlannedClaim {
  readonly id: string;
  readonly statement: string;
  readonly kind: Kind;
  /** Everything that is run for it, subjects first. */
  readonly steps: readonly Step[];
  /** The sabotages that its controls name. */
  readonly brokenBy: readonly string[];
  /** Whom it asks. */
  readonly models: readonly ModelRecord[];
  /** Each that it is about, where it fits: its name, and its config where it is a single model. */
  readonly members: () => readonly Member[];
  /** Runs what has not run yet, and says what came of it all. */
  readonly record: () => Promise<ClaimRecord>;
  /**
   * The same claim, with nothing run yet; of its models broken, if so told, and then without
   * controls, which would say nothing more.
   */
  readonly again: (sabotage?: Sabotage) => PlannedClaim;
  /** Asks it of few of its subjects, broken if so told: what came of each; never rejects. */
  readonly ofFew: (sabotage?: Sabotage) => Promise<readonly RunRecord[]>;
  /** What came of that before, where it is known and nothing has changed: see `before/`. */
  readonly tried?: Readonly<Record<string, "notices" | "stands">>;
  /**
   * Asks it of a reader's own model and its broken twins, with nothing of ours in it.
   *
   * @param limit How many seconds one run may take before it is left out; the claim's unless told.
   * @param onRun Called before each run.
   */
  readonly ofYours: (
    model: Subject<Model>,
    limit?: number,
    onRun?: () => void,
  ) => Promise<YoursRecord>;
}

/** One that a claim is about; of a family, one that is drawn. */
export type Member = Pick<Subject<unknown>, "name" | "config">;

/** What is run, and reported by Deno, as one: a subject, a family or a control. */
export interface Step {
  readonly name: string;
  /** Runs it, the first time that it is called; never rejects. */
  readonly run: () => Promise<readonly RunRecord[]>;
}

/** Works out what to run for a claim; runs nothing and loads nothing. */
export function planClaim<M, E>(spec: ClaimSpec<M, E>, sabotage?: Sabotage): PlannedClaim {
  const control: Control<M, E> = sabotage ? { sabotage: everyModel<M>(sabotage) } : {};
  const asked = sabotage ? { ...spec, controls: {} } : spec;
  const steps = stepsOf(asked, control);
  const { id, statement, kind } = spec;
  return {
    ...{ id, statement, kind },
    steps,
    brokenBy: controlsOf(spec.controls).flatMap(([, { sabotage }]) => sabotage?.name ?? []),
    models: introduce(askedBy(spec)),
    members: memoize(() => fittingMembers(spec)),
    // What was broken by hand may leave nothing to draw, which says nothing of the claim.
    record: memoize(() => recordOf(asked, steps, sabotage ? (made) => judgeRuns(made) : judge)),
    again: (sabotage) => planClaim(spec, sabotage),
    ofFew: (sabotage) => {
      const done: Control<M, E> = sabotage ? { sabotage: everyModel<M>(sabotage) } : {};
      return new Asker(spec).ask(fewOf(spec, done), done);
    },
    ofYours: (model, limit = spec.limit ?? LIMIT, onRun = () => {}) =>
      askYours(spec, model, { limit, onRun }),
  };
}

function fittingMembers<M, E>(spec: ClaimSpec<M, E>): Member[] {
  return spec.on.flatMap((target) => membersOf(target))
    .filter((member) => whyUnfit(spec, member) === undefined);
}

/** Whom a claim asks: its own subjects, and those that its controls bring. */
export function askedBy<M, E>({ on, controls }: ClaimSpec<M, E>): Target<M>[] {
  return [...on, ...controlsOf(controls).flatMap(([, control]) => control.on ?? [])];
}

/** Runs one claim. */
export function runClaim<M, E>(spec: ClaimSpec<M, E>): Promise<ClaimRecord> {
  return planClaim(spec).record();
}

async function askYours<M, E>(
  spec: ClaimSpec<M, E>,
  model: Subject<Model>,
  { limit, onRun }: { readonly limit: number; readonly onRun: () => void },
): Promise<YoursRecord> {
  const own = withYours(spec, model);
  if (typeof own === "string") {
    const { id, kind } = spec;
    return { id, kind, outcome: "not applicable", reason: own, unnoticed: [], runs: [] };
  }
  const patient = { ...own, limit };
  const [steps, subjects] = [stepsOf(patient, {}), patient.on.length];
  const runs: RunRecord[] = [];
  const runAll = async (steps: readonly Step[]) => {
    for (const step of steps) {
      onRun();
      runs.push(...await step.run());
    }
  };
  await runAll(steps.slice(0, subjects));
  // Where the model itself cannot be asked, its twins would tell nothing.
  const asked = runs.some(({ verdict }) => verdict !== "not applicable");
  await runAll(asked ? steps.slice(subjects) : []);
  return outcomeOf(spec, runs);
}

/** @param done What is done to the claim's own subjects: nothing, unless they are broken by hand. */
function stepsOf<M, E>(spec: ClaimSpec<M, E>, done: Control<M, E>): Step[] {
  const asker = new Asker(spec);
  const unfit = spec.on.map((target) => isFamily(target) ? undefined : whyUnfit(spec, target));
  const fitting = spec.on.filter((_, i) => unfit[i] === undefined);
  const subjects = spec.on.map((target, i) => ({
    name: target.name + (unfit[i] === undefined ? "" : ` (not applicable: ${unfit[i]})`),
    run: memoize(() => asker.ask([target], done)),
  }));
  const must = spec.direction === "claim" ? "must fail on" : "must hold on";
  const controls = controlsOf(spec.controls).map(([name, control]) => ({
    name: `${must}: ${name}`,
    run: memoize(() => asker.ask(control.on ?? fitting, control, name)),
  }));
  return [...subjects, ...controls];
}

async function recordOf<M, E>(
  spec: ClaimSpec<M, E>,
  steps: readonly Step[],
  judge: typeof judgeRuns,
): Promise<ClaimRecord> {
  const runs: RunRecord[] = [];
  for (const step of steps) runs.push(...await step.run());
  const { id, statement, kind, direction, atScale: sources = [] } = spec;
  const controls = controlsOf(spec.controls).map(([name, control]) => ({
    name,
    description: describeControl(control),
    ...drawControl(spec, runs, name),
  }));
  const { figures, undrawn } = draw(spec, runs);
  const faults = undrawn === undefined ? [] : [`its figure cannot be drawn: ${undrawn}`];
  const bounds = boundsOf(spec.bounds);
  const judgement = judge({ direction, controls, runs }, faults);
  return {
    ...{ id, statement, kind, direction, reach: reachOf(spec), sources },
    ...judgement,
    ...bounds.length > 0 && { bounds },
    ...{ controls, runs, figures },
  };
}
