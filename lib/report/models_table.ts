import type { ModelRecord } from "../claims/mod.ts";
import { count } from "./numbers.ts";
import type { Table } from "./table.ts";

/** Those that a reader meets by name come first. */
const ORDER = ["yours", "trained", "built", "random"];

/** Who the models are: one line for each model or family. */
export function modelsTable(models: readonly ModelRecord[]): Table {
  const sorted = models.toSorted((a, b) => ORDER.indexOf(a.origin) - ORDER.indexOf(b.origin));
  return {
    head: ["name", "what it is", "made"],
    rows: sorted.map(({ name, about = "", origin, size }) => [
      size === undefined ? name : `${name} (${count(size, "model")})`,
      about,
      origin,
    ]),
  };
}
