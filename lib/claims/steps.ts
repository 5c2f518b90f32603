import type { ClaimSpec } from "./claim.ts";
import { isSabotage, type Sabotage, type Swap } from "./control.ts";
import { ask, type Asked } from "./ask.ts";
import { once } from "./once.ts";
import type { Outcome } from "./run.ts";
import { isFamily, type Subject, type Target } from "./subject.ts";

/** A part of a claim that is run, and reported by Deno, as one: a subject, a family or a control. */
export interface Step {
  readonly name: string;
  /** The control's name, where it is one. */
  readonly control?: string;
  /** Runs it, the first time that it is called; never rejects. */
  readonly run: () => Promise<readonly Outcome[]>;
}

/** Everything that is run for a claim, subjects first. */
export function stepsOf<M, E>(spec: ClaimSpec<M, E>): Step[] {
  const loaded = new WeakMap<Subject<M>, () => Promise<M>>();
  const load = (subject: Subject<M>) => {
    if (!loaded.has(subject)) loaded.set(subject, once(() => subject.load()));
    return loaded.get(subject)!();
  };
  const subjects = spec.on.map((target) => subjectStep(spec, target, load));
  const controls = Object.entries(spec.controls ?? {}).map(([name, control]) =>
    isSabotage(control)
      ? sabotageStep(spec, name, control, load)
      : swapStep(spec, name, control, load)
  );
  return [...subjects, ...controls];
}

type Load<M> = (subject: Subject<M>) => Promise<M>;

function subjectStep<M, E>(spec: ClaimSpec<M, E>, target: Target<M>, load: Load<M>): Step {
  const why = isFamily(target) ? undefined : unfit(spec, target);
  return {
    name: why === undefined ? target.name : `${target.name} (not applicable: ${why})`,
    run: once(() =>
      ask(spec, [target], { role: "subject" }, (subject) => ({
        expected: spec.direction === "claim" ? "holds" : "fails",
        unfit: () => unfit(spec, subject),
        load: () => load(subject),
      }))
    ),
  };
}

function sabotageStep<M, E>(
  spec: ClaimSpec<M, E>,
  control: string,
  sabotage: Sabotage<M>,
  load: Load<M>,
): Step {
  return controlStep(spec, control, fitting(spec), (subject) => ({
    expected: expectedOfControls(spec),
    unfit: () => unfit(spec, subject) ?? (subject.config && sabotage.unfit(subject.config)),
    load: async () => sabotage.apply(await load(subject)),
  }));
}

function swapStep<M, E>(
  spec: ClaimSpec<M, E>,
  control: string,
  { on, measure }: Swap<M, E>,
  load: Load<M>,
): Step {
  return controlStep(spec, control, on ?? fitting(spec), (subject) => ({
    expected: expectedOfControls(spec),
    // Other subjects are chosen for what they are: `needs` is about those of the claim.
    unfit: () => on ? undefined : unfit(spec, subject),
    load: () => load(subject),
    measure,
  }));
}

function controlStep<M, E>(
  spec: ClaimSpec<M, E>,
  control: string,
  targets: readonly Target<M>[],
  asked: (subject: Subject<M>) => Asked<M, E>,
): Step {
  const name = `${spec.direction === "claim" ? "must fail on" : "must hold on"}: ${control}`;
  return {
    name,
    control,
    run: once(() => ask(spec, targets, { role: "control", control }, asked)),
  };
}

function expectedOfControls<M, E>(spec: ClaimSpec<M, E>): "holds" | "fails" {
  return spec.direction === "claim" ? "fails" : "holds";
}

/** The claim's own subjects, less those that it says it cannot be asked of. */
function fitting<M, E>(spec: ClaimSpec<M, E>): Target<M>[] {
  return spec.on.filter((target) => isFamily(target) || unfit(spec, target) === undefined);
}

function unfit<M, E>({ needs }: ClaimSpec<M, E>, { config }: Subject<M>): string | undefined {
  if (!needs) return undefined;
  return config ? needs(config) : "it has no config to judge it by";
}
