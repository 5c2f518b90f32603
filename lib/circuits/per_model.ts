import type { Model } from "../model/model.ts";

/** A measurement made once for each model, or group of them, for several claims about one run. */
export function perModel<T, M extends object = Model>(
  measure: (model: M) => T,
): (model: M) => T {
  const made = new WeakMap<M, { readonly result: T }>();
  return (model) => {
    const found = made.get(model) ?? { result: measure(model) };
    made.set(model, found);
    return found.result;
  };
}
