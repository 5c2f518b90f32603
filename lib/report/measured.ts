import type { Json, RunRecord } from "../claims/mod.ts";
import { count, formatRange } from "./numbers.ts";

/** One thing that was measured, over one or more runs, in words. */
export interface Measured {
  /** The field of the evidence, such as `others` or `loss.first`. */
  readonly name: string;
  /** A value or a range. */
  readonly text: string;
}

/** How many different strings a cell lists before it only counts them. */
const STRINGS_SHOWN = 3;

/** What the runs measured, each field of their evidence as one value or one range. */
export function measured(runs: readonly RunRecord[]): Measured[] {
  const fields = new Map<string, Json[]>();
  for (const run of runs) {
    for (const [name, value] of flatten(run.evidence, "")) {
      fields.set(name, [...fields.get(name) ?? [], value]);
    }
  }
  return [...fields].map(([name, values]) => ({ name: name || "value", text: inWords(values) }));
}

/** Objects are opened one level deep, which covers `{ loss: { first, last } }`. */
function flatten(value: Json, name: string): [string, Json][] {
  if (value === null) return [];
  const depth = name === "" ? 0 : name.split(".").length;
  if (typeof value !== "object" || Array.isArray(value) || depth > 1) return [[name, value]];
  return Object.entries(value).flatMap(([key, field]) =>
    flatten(field, name === "" ? key : `${name}.${key}`)
  );
}

function inWords(values: readonly Json[]): string {
  const numbers = numbersIn(values);
  if (numbers.length > 0) {
    const many = values.some((value) => typeof value === "object");
    return formatRange(numbers) + (many ? ` (${count(numbers.length, "number")})` : "");
  }
  if (values.some((value) => typeof value === "object")) return "see the evidence";
  const different = [...new Set(values.map(String))];
  return different.length > STRINGS_SHOWN
    ? `${different.length} different values`
    : different.join("; ");
}

function numbersIn(value: Json): number[] {
  if (typeof value === "number") return [value];
  return Array.isArray(value) ? value.flatMap(numbersIn) : [];
}
