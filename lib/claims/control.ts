import type { Sabotage } from "../model/sabotages/sabotage.ts";
import type { Need } from "../model/needs.ts";
import type { Target } from "./subject.ts";

/**
 * What a claim must be told apart from: models broken on purpose, other subjects, a broken
 * measurement, or several of these at once. Each of its runs must come out the other way than the
 * subjects' do, by an AssertionError of the check and nothing else, and at least one must apply.
 */
export interface Control<M, E> {
  /** Done to everybody who is asked and whom it fits. */
  readonly sabotage?: Sabotage<M>;
  /** Used instead of the claim's own. */
  readonly measure?: (model: M) => E | Promise<E>;
  /** Asked instead of the claim's own subjects. */
  readonly on?: readonly Target<M>[];
  /**
   * What they need besides what the claim `needs`, where the change is none without it; `false` asks
   * them whatever the claim needs: those who are chosen for what they lack.
   */
  readonly needs?: Need | false;
}

/** A control as a claim names it: a sabotage by itself stands for `{ sabotage }`. */
export type ControlInput<M, E> = Control<M, E> | Sabotage<M>;

/** The controls of a claim with their names. */
export function controlsOf<M, E>(
  controls: Readonly<Record<string, ControlInput<M, E>>>,
): [name: string, Control<M, E>][] {
  return Object.entries(controls)
    .map(([name, input]) => [name, "apply" in input ? { sabotage: input } : input]);
}

/** What the report says a control is. */
export function describeControl<M, E>({ sabotage, measure, on }: Control<M, E>): string {
  const names = on?.map((target) => target.name).join(", ");
  const asked = [names && `asked of ${names}`, measure && "measured in a broken way"]
    .filter(Boolean).join(", ");
  if (!sabotage || asked === "") return sabotage?.description ?? asked;
  return `${sabotage.description.replace(/\.$/, "")}. ${asked[0].toUpperCase()}${asked.slice(1)}.`;
}
