import type { ModelRecord } from "./record.ts";
import { isFamily, type Target } from "./subject.ts";

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
