import type { Config } from "../model/config.ts";
import type { Model } from "../model/model.ts";
import type { Sabotage } from "../model/sabotages/sabotage.ts";
import type { ModelRecord } from "./record.ts";

/**
 * Something that a claim can be about: a model, a group of models, or no transformer at all.
 * Lazy: it has a name and a config when the spec loads, and its weights when a run needs them.
 */
export interface Subject<M> extends Pick<ModelRecord, "about" | "from"> {
  /** Shown in the report; unique among the subjects of a claim. */
  readonly name: string;
  /** What `needs` and sabotages judge it by; absent from what is no transformer. */
  readonly config?: Config;
  /** Where it comes from: trained here, random weights, built by hand, or the reader's own. */
  readonly origin: "trained" | "random" | "built" | "yours";
  /**
   * A reader's own model in its place, or why it cannot be there; unless told, that model as it is
   * where this is a single transformer.
   */
  readonly standIn?: StandIn<M>;
  /** Makes what `measure` is given. Called once for each claim, and not where the claim cannot fit. */
  load(): Promise<M>;
}

/** Puts a reader's own model in the place of what a claim is about, or says why it cannot be there. */
export type StandIn<M> = (yours: Subject<Model>) => Subject<M> | string;

/**
 * The part of fast-check's `Arbitrary<T>` that is needed here: its own type would bring
 * documentation into this interface that is not ours. Only fast-check can make one that is drawn
 * from.
 */
export interface Arbitrary<T> {
  /** One that draws the same and changes what was drawn. */
  map<U>(change: (value: T) => U): Arbitrary<U>;
  /** Whether a value could have been drawn. */
  canShrinkWithoutContext(value: unknown): value is T;
}

/**
 * Many random subjects under one name, drawn by fast-check. When a claim fails on one of them, it
 * is shrunk to the smallest on which the claim still fails.
 */
export interface Family<M> extends Pick<ModelRecord, "about" | "from"> {
  /** Shown in the report; names the step. */
  readonly name: string;
  /** Fixes which members are drawn. */
  readonly seed: number;
  /** How many are drawn. */
  readonly size: number;
  /** A reader's own model in the place of its members, or why it cannot be; as it is unless told. */
  readonly standIn?: StandIn<M>;
  /** A fast-check `Arbitrary`: draws one member and knows how to make it smaller. */
  readonly arbitrary: Arbitrary<Subject<M>>;
}

/** Either of the things that a claim can be asked of. */
export type Target<M> = Subject<M> | Family<M>;

/** Whether it is a family. */
export function isFamily<M>(target: Target<M>): target is Family<M> {
  return "arbitrary" in target;
}

/** The same subjects broken on purpose, for claims about what the sabotage does. */
export function sabotaged<M, T extends Target<M>>(
  targets: readonly T[],
  sabotage: Sabotage<M>,
): T[] {
  const changed = <U extends Target<M>>(target: U): U => ({
    ...target,
    name: `${target.name}, ${sabotage.name}`,
    about: `${target.name}, changed: ${sabotage.description.replace(/\.$/, "")}`,
    from: target.name,
  });
  const broken = (subject: Subject<M>): Subject<M> => ({
    ...changed(subject),
    origin: subject.origin === "yours" ? "yours" : "built",
    load: async () => sabotage.apply(await subject.load()),
  });
  const standIn = (target: Target<M>): StandIn<M> => (yours) => {
    const stand = inThePlaceOf(target, yours);
    return typeof stand === "string" ? stand : sabotage.unfit(yours.config!) ?? broken(stand);
  };
  return targets.map((target) =>
    isFamily(target)
      ? {
        ...changed(target),
        arbitrary: target.arbitrary.map(broken),
        standIn: standIn(target),
      }
      : { ...broken(target), standIn: standIn(target) }
  ) as T[];
}

/** A reader's own model in the place of what a claim is about, or why it cannot be there. */
export function inThePlaceOf<M>(target: Target<M>, yours: Subject<Model>): Subject<M> | string {
  if (target.standIn) return target.standIn(yours);
  if (isFamily(target) || target.config) return yours as Subject<never>;
  return "it is asked of models that were trained to be compared, or of other things than one transformer";
}

/** Some subjects and families as a record introduces them, each once. */
export function introduce<M>(targets: readonly Target<M>[]): ModelRecord[] {
  return eachOnce(targets.map((target) => {
    const { name, about, from } = target;
    const what = { ...about === undefined ? {} : { about }, ...from === undefined ? {} : { from } };
    return isFamily(target)
      ? { name, origin: "random", ...what, size: target.size }
      : { name, origin: target.origin, ...what };
  }));
}

/** Without repetition; a family that is drawn in several sizes is as large as the largest. */
export function eachOnce(models: readonly ModelRecord[]): ModelRecord[] {
  const alike = Map.groupBy(
    models,
    ({ name, origin, about }) => JSON.stringify([name, origin, about]),
  );
  return [...alike.values()].map((same) => {
    const sizes = same.flatMap(({ size }) => size ?? []);
    return sizes.length === 0 ? same[0] : { ...same[0], size: Math.max(...sizes) };
  });
}
