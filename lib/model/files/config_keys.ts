/** Keys of a Hugging Face `config.json`: checked by the names and values that the file has. */
import { type Check, faultIn, oneOf, positive, whole } from "../checks.ts";
import type { Config } from "../config.ts";
import { ModelFileError, refuse } from "./file_error.ts";
import { isObject, refuseFault } from "./json.ts";

/** What messages call the file. */
export const CONFIG_FILE = "config.json";

/** A key, what is required of it, and its value where the file leaves it out. */
export type Key = readonly [check: Check, absent?: unknown];

/** A whole number that a file must give. */
export const count = (least = 1): Key => [whole(least)];

/** The same, or null, which stands for something that follows from other keys. */
export const countOrNull: Key = [
  [(value) => value === null || whole(1)[0](value), `null or ${whole(1)[1]}`],
  null,
];

/** A number above 0. */
export const positiveNumber = (absent: number): Key => [positive, absent];

/** Yes or no. */
export const flag = (absent: boolean): Key => [oneOf(true, false), absent];

/** A key that would change the function, but for this value, which is also its default. */
export const only = (value: boolean): Key => [[(given) => given === value, String(value)], value];

/** A key that must be left out, be null, or be empty. */
export const nothing: Key = [
  [(value) => value === null || (isObject(value) && Object.keys(value).length === 0), "left out"],
  null,
];

/** The names of the nonlinearities that we have; some have several. */
const ACTIVATIONS: Readonly<Record<string, Config["act_fn"]>> = {
  gelu_new: "gelu_new",
  gelu_pytorch_tanh: "gelu_new",
  gelu_python_tanh: "gelu_new",
  gelu_fast: "gelu_new",
  gelu_accurate: "gelu_new",
  gelu: "gelu",
  gelu_python: "gelu",
  relu: "relu",
  silu: "silu",
  swish: "silu",
};

/** The name of a nonlinearity. */
export const activation = (absent: string): Key => [oneOf(...Object.keys(ACTIVATIONS)), absent];

/** Ours for that name. */
export function actFn(name: unknown): Config["act_fn"] {
  return ACTIVATIONS[name as string];
}

/**
 * The values of these keys in a file, or in a part of it; what else it has changes nothing.
 *
 * @param part What the object is called; the file itself where left out.
 * @throws {ModelFileError} With the key, what was required of it, and the value as it stands there.
 */
export function readKeys<K extends string>(
  json: unknown,
  keys: Readonly<Record<K, Key>>,
  part?: string,
): Record<K, unknown> {
  if (!isObject(json)) refuse(CONFIG_FILE, "the file", "a JSON object", json);
  const entries = Object.entries<Key>(keys);
  const values = entries.map(([key, [, absent]]) => {
    return [key, Object.hasOwn(json, key) ? json[key] : absent] as const;
  });
  const found = Object.fromEntries(values);
  const checks = Object.fromEntries(entries.map(([key, [check]]) => [key, check]));
  refuseFault(CONFIG_FILE, faultIn(found, checks), part);
  return found as Record<K, unknown>;
}

/** A config, or what is wrong with it as a fault of the file. */
export function asFileError<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (cause instanceof ModelFileError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelFileError(`Cannot read ${CONFIG_FILE}: ${reason}`, { cause });
  }
}
