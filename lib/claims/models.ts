import type { ClaimSpec } from "./claim.ts";
import { isSabotage } from "./control.ts";
import type { ModelRecord } from "./record.ts";
import { isFamily, type Target } from "./subject.ts";

/** Whom a claim asks: its own subjects, and those that its controls bring. */
export function modelsOf<M, E>({ on, controls }: ClaimSpec<M, E>): ModelRecord[] {
  const brought = Object.values(controls ?? {})
    .flatMap((control) => isSabotage(control) ? [] : control.on ?? []);
  return eachOnce([...on, ...brought].map(introduce));
}

function introduce<M>(target: Target<M>): ModelRecord {
  const { name, about, from } = target;
  const what = { ...about === undefined ? {} : { about }, ...from === undefined ? {} : { from } };
  return isFamily(target)
    ? { name, origin: "random", ...what, size: target.size }
    : { name, origin: target.origin, ...what };
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
