import { type Check, type Fault, faultIn } from "../checks.ts";
import { ModelFileError, refuse } from "./file_error.ts";

/** Whether a value is a JSON object: neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The JSON of a file, or of a part of it.
 *
 * @throws {ModelFileError} If it is not JSON in UTF-8, or an object gives the same key twice:
 * `JSON.parse` keeps the last one and says nothing, while other readers keep the first.
 */
export function readJson(file: string, part: string, bytes: Uint8Array): unknown {
  try {
    // With ignoreBOM the decoder hands a byte-order mark through, and JSON.parse refuses it.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value = JSON.parse(text);
    checkKeys(text);
    return value;
  } catch (cause) {
    const required = `${part} must be JSON in UTF-8 without repeated keys`;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelFileError(`Cannot read ${file}: ${required}: ${reason}`, { cause });
  }
}

/** A brace, or a string with the colon behind it that makes it a key. */
const TOKEN = /[{}]|("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?/g;

/** Throws a SyntaxError where a key appears twice in one object of a text that is JSON. */
function checkKeys(text: string): void {
  const open: Set<string>[] = []; // the keys of every object that is not closed yet
  for (const [token, string, colon] of text.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    if (token === "}") open.pop();
    if (!colon) continue;
    const key = string.includes("\\") ? JSON.parse(string) : string.slice(1, -1); // \u0061 is a
    const keys = open[open.length - 1];
    if (keys.has(key)) throw new SyntaxError(`The key ${string} appears twice in one object`);
    keys.add(key);
  }
}

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
