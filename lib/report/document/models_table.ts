import type { ModelRecord } from "../../claims/mod.ts";
import { count } from "../numbers.ts";
import type { Table } from "./table.ts";

/** Those that a reader meets by name come first; within a kind, names are in order. */
const ORDER = ["yours", "trained", "built", "random"];

/** Those that are what they are, and those that were made from one by changing it. */
export function byMaking(models: readonly ModelRecord[]): Record<"plain" | "changed", Table> {
  return {
    plain: modelsTable(models.filter(({ from }) => from === undefined)),
    changed: modelsTable(models.filter(({ from }) => from !== undefined)),
  };
}

/** Who the models are: one line for each model or family. */
function modelsTable(models: readonly ModelRecord[]): Table {
  const sorted = models.toSorted((a, b) =>
    ORDER.indexOf(a.origin) - ORDER.indexOf(b.origin) ||
    a.name.localeCompare(b.name, "en", { numeric: true })
  );
  return {
    head: ["name", "what it is", "made"],
    rows: sorted.map(({ name, about = "", origin, size }) => [
      size === undefined ? name : `${name} (${count(size, "model")})`,
      about,
      origin,
    ]),
  };
}
