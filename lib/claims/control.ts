import type { Config } from "../model/config.ts";
import type { Target } from "./subject.ts";

/**
 * A way to break a model on purpose. The catalogue in `lib/model` has this shape; a claim about
 * something that is no transformer may bring its own.
 */
export interface Sabotage<M> {
  /** In a few words. */
  readonly name: string;
  /** What it does to the model. */
  readonly description: string;
  /** Why it cannot be applied to such a model, or undefined where it can. */
  unfit(config: Config): string | undefined;
  /** The broken model; the one that is given stays sound. */
  apply(model: M): M;
}

/** Asks other subjects, measures in a broken way, or both. */
export interface Swap<M, E> {
  /** Asked instead of the claim's own subjects. */
  readonly on?: readonly Target<M>[];
  /** Used instead of the claim's own. */
  readonly measure?: (model: M) => E | Promise<E>;
}

/**
 * What a claim must be told apart from. A sabotage is applied to every subject that it fits; the
 * other sorts change who is asked or how it is measured. Each of its runs must come out the other
 * way than the subjects' do, by an AssertionError and nothing else, and at least one must apply.
 */
export type Control<M, E> = Sabotage<M> | Swap<M, E>;

/** Whether it changes the model. */
export function isSabotage<M, E>(control: Control<M, E>): control is Sabotage<M> {
  return "apply" in control;
}

/** What the report says a control is. */
export function describeControl<M, E>(control: Control<M, E>): string {
  if (isSabotage(control)) return control.description;
  const names = control.on?.map((target) => target.name).join(", ");
  const parts = [names && `asked of ${names}`, control.measure && "measured in a broken way"];
  return parts.filter(Boolean).join(", ");
}
