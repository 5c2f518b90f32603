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

/** Those that a reader meets by name in answers, and had to be trained: how they were made goes without saying. */
export function trainedModels(models: readonly ModelRecord[]): Table {
  const named = ["yours", "trained"];
  const { head, rows } = modelsTable(
    models.filter(({ from, origin }) => !from && named.includes(origin)),
  );
  return { head: head.slice(0, 2), rows: rows.map((row) => row.slice(0, 2)) };
}

/** Who the models are: one line for each model or family, or for several of which the same is said. */
function modelsTable(models: readonly ModelRecord[]): Table {
  const sorted = models.toSorted((a, b) =>
    ORDER.indexOf(a.origin) - ORDER.indexOf(b.origin) ||
    a.name.localeCompare(b.name, "en", { numeric: true })
  );
  const alike = Map.groupBy(sorted, ({ name, about, origin }) => `${origin} ${about ?? name}`);
  return {
    head: ["name", "what it is", "made"],
    rows: [...alike.values()].map((models) => [
      models.map(named).join(", "),
      models[0].about ?? "",
      models[0].origin,
    ]),
  };
}

function named({ name, size }: ModelRecord): string {
  return size === undefined ? name : `${name} (${count(size, "model")})`;
}
