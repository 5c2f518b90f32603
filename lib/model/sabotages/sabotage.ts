import memoize from "memoize";
import type { Config } from "../config.ts";
import type { Model } from "../model.ts";
import type { Rewrite } from "../graph/rewrite.ts";
import { Unfit } from "../unfit.ts";

/**
 * A way to break a model on purpose, so that a claim about sound ones can be seen to fail. The
 * catalogue breaks transformers; who asks about something else may break that: `Sabotage<Autoencoder>`.
 */
export interface Sabotage<M = Model> {
  /** What the broken model is called: "no causal mask". */
  readonly name: string;
  /** What is done to it, in a sentence. */
  readonly description: string;
  /** Why it cannot be done to a model of this config; nothing where it can. */
  unfit(config: Config): string | undefined;
  /** The broken model; the given one stays as it is. Throws an Unfit where it does not fit. */
  apply(model: M): M;
}

/** What {@linkcode sabotage} is told: a name, a description and the change itself. */
export interface SabotageInput {
  /** What the broken model is called. */
  readonly name: string;
  /** What is done to it, in a sentence. */
  readonly description: string;
  /** Why it cannot be done; it fits every model unless told. */
  readonly unfit?: (config: Config) => string | undefined;
  /** A change to the graph. */
  readonly rewrite?: Rewrite;
  /** Changes to the config or the weights. */
  readonly change?: (model: Model) => Partial<Pick<Model, "config" | "weights">>;
}

/**
 * A sabotage from a rewrite of the graph, a change of the model, or both. Applied to one model
 * twice it gives the same broken model, so that whoever keeps sessions by model finds them again.
 */
export function sabotage(
  { name, description, unfit = () => undefined, rewrite, change }: SabotageInput,
): Sabotage {
  const breakOnce = memoize((model: Model): Model => ({
    ...model,
    ...change?.(model),
    name: `${model.name}, ${name}`,
    rewrites: rewrite ? [...model.rewrites, rewrite] : model.rewrites,
  }), { cache: new WeakMap() });
  const apply = (model: Model): Model => {
    const reason = unfit(model.config);
    if (reason) throw new Unfit(`Cannot break ${model.name} (${name}): ${reason}`);
    return breakOnce(model);
  };
  return { name, description, unfit, apply };
}

/**
 * Several sabotages, one after the other. Whether a later one fits what an earlier one left shows
 * only when they are applied.
 */
export function compose(...parts: readonly [Sabotage, ...Sabotage[]]): Sabotage {
  return {
    name: parts.map(({ name }) => name).join(" and "),
    description: parts.map(({ description }) => description).join(" "),
    unfit: (config) => parts.map((part) => part.unfit(config)).find((reason) => reason),
    apply: (model) => parts.reduce((broken, part) => part.apply(broken), model),
  };
}
