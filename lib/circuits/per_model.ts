import type { Model } from "../model/model.ts";

/** A measurement made once for each model, for several claims about one run. */
export function perModel<T>(measure: (model: Model) => T): (model: Model) => T {
  const made = new WeakMap<Model, { readonly result: T }>();
  return (model) => {
    const found = made.get(model) ?? { result: measure(model) };
    made.set(model, found);
    return found.result;
  };
}
