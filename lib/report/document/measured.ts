import type { Json, RunRecord } from "../../claims/mod.ts";
import { compactNumber, compactRange, count } from "../numbers.ts";

/** How many different strings a cell lists before it only counts them. */
const STRINGS_SHOWN = 3;

/** How many numbers a cell lists before it only gives their range. */
const NUMBERS_SHOWN = 12;

/**
 * What the runs measured: each field of their evidence, such as `others` or `loss.first`, as one
 * value or one range in words.
 */
export function measured(runs: readonly RunRecord[]): ReadonlyMap<string, string> {
  const values = runs.flatMap((run) => flatten(run.evidence, ""));
  const fields = Map.groupBy(values, ([name]) => name || "value");
  return new Map([...fields].map(([name, all]) => [name, inWords(all.map(([, value]) => value))]));
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
  const whole = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  const numbers = numbersIn(values);
  const lists = values.some((value) => typeof value === "object");
  if (numbers.length === 0) return lists ? "see the evidence" : strings(whole);
  if (!lists) return compactRange(numbers);
  return whole.every(isList) && numbersIn(whole).length <= NUMBERS_SHOWN
    ? whole.map(inBrackets).join("; ")
    : `${compactRange(numbers)} (${count(numbers.length, "number")})`;
}

function strings(different: readonly Json[]): string {
  return different.length > STRINGS_SHOWN
    ? `${different.length} different values`
    : different.join("; ");
}

/** Whether it is a number, or a list of nothing else at any depth. */
function isList(value: Json): boolean {
  return typeof value === "number" || Array.isArray(value) && value.every(isList);
}

/** "[3, 7, 480]". */
function inBrackets(value: Json): string {
  return Array.isArray(value)
    ? `[${value.map(inBrackets).join(", ")}]`
    : compactNumber(value as number);
}

function numbersIn(value: Json): number[] {
  if (typeof value === "number") return [value];
  return Array.isArray(value) ? value.flatMap(numbersIn) : [];
}
