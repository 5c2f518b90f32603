import type { Model } from "../model/model.ts";
import type { Sabotage } from "../model/sabotages/sabotage.ts";
import { Unfit } from "../model/unfit.ts";
import { isPlainObject } from "./evidence.ts";

/** A sabotage cannot be done to what a claim is asked of; the message says why. */
export class NothingToBreak extends Error {
  /** @ignore */
  override name = "NothingToBreak";
}

/**
 * A sabotage of transformers, done to whatever a claim is asked of: a model, some in a row, or a
 * plain object that holds some. Its `apply` throws {@linkcode NothingToBreak} where it fits none.
 */
export function everyModel<M>(sabotage: Sabotage): Sabotage<M> {
  const apply = (subject: M): M => {
    const broken = breakIn(subject, sabotage);
    if (broken === subject) throw new NothingToBreak("there is no transformer in it to break");
    return broken as M;
  };
  return { ...sabotage, apply };
}

/** The same value where nothing in it is a model. */
function breakIn(value: unknown, sabotage: Sabotage): unknown {
  if (isModel(value)) return breakModel(value, sabotage);
  if (Array.isArray(value)) return replaced(value, value.map((each) => breakIn(each, sabotage)));
  if (typeof value !== "object" || value === null || !isPlainObject(value)) return value;
  const parts = Object.entries(value).map(([key, part]) => [key, breakIn(part, sabotage)]);
  return replaced(value, Object.fromEntries(parts));
}

function breakModel(model: Model, sabotage: Sabotage): Model {
  const reason = sabotage.unfit(model.config);
  if (reason) throw new NothingToBreak(`${model.name}: ${reason}`);
  try {
    return sabotage.apply(model);
  } catch (error) {
    if (error instanceof Unfit) throw new NothingToBreak(error.message);
    throw error;
  }
}

function replaced<T extends object>(before: T, after: T): T {
  const same = Object.entries(after).every(([key, part]) => part === before[key as keyof T]);
  return same ? before : after;
}

function isModel(value: unknown): value is Model {
  return typeof value === "object" && value !== null && "rewrites" in value && "weights" in value;
}
