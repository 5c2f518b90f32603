/** A file of a model (weights, config or card) that is not what it should be. */
export class ModelFileError extends Error {
  /** Tells it from other errors in a message. */
  override name = "ModelFileError";
}

/**
 * Refuses a value of a file: what was being read, which part of it, what was required of that
 * part and what was given instead.
 *
 * @throws {ModelFileError} Always.
 */
export function refuse(file: string, part: string, required: string, given: unknown): never {
  throw new ModelFileError(
    `Cannot read ${file}: ${part} must be ${required}, got ${describe(given)}`,
  );
}

const LONGEST = 80;

/** A name in quotes, cut short where a hostile file made it endless. */
export function quote(name: string): string {
  return JSON.stringify(name.length > LONGEST ? `${name.slice(0, LONGEST)}...` : name);
}

/**
 * A value in few words. Objects are not written out: a hostile one may be nested so deeply that
 * printing it overflows the stack.
 */
export function describe(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return describeArray(value);
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

function describeArray(values: readonly unknown[]): string {
  const plain = values.length <= 8 && values.every((value) => typeof value === "number");
  return plain ? `[${values.join(", ")}]` : `an array of ${values.length}`;
}

/** Says in which folder a file was not what it should be, or did not fit another. */
export async function inFolder<T>(
  folder: string | undefined,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (!(cause instanceof ModelFileError || cause instanceof RangeError)) throw cause;
    const place = folder === undefined ? "" : `In ${folder}: `;
    throw new ModelFileError(`${place}${cause.message}`, { cause });
  }
}
