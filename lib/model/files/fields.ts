import { type Check, type Fault, faultIn } from "../checks.ts";
import { refuse } from "./file_error.ts";
import { isObject } from "./json.ts";

/**
 * Refuses an object of a file unless it has every field, each as its check requires, and no other.
 *
 * @param part What the object is, such as `data[0]`; the file itself where left out.
 * @throws {ModelFileError} With the field, what was required of it and what was given.
 */
export function checkFields(
  file: string,
  given: unknown,
  checks: Readonly<Record<string, Check>>,
  part?: string,
): asserts given is Record<string, unknown> {
  const fields = Object.keys(checks).join(", ");
  if (!isObject(given)) refuse(file, part ?? "the file", `an object with ${fields}`, given);
  refuseFault(file, faultIn(given, checks), part);
}

/** Refuses what has a fault. */
export function refuseFault(file: string, fault: Fault | undefined, part?: string): void {
  if (!fault) return;
  const [field, required, value] = fault;
  refuse(file, part === undefined ? field : `${field} of ${part}`, required, value);
}
