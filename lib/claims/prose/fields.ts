/** What lies under arrays of any depth: of number[][], number. */
export type Within<T> = T extends readonly (infer Part)[] ? Within<Part> : T;

/**
 * The names by which prose and pictures reach into evidence: a field that holds a `Leaf` or arrays of
 * them, whatever their depth, or a field within a field, such as `after.mean`. Arrays of objects are
 * passed through: of `{ heads: { kl: number }[] }`, `heads.kl` is the kl of every head.
 */
export type Field<E, Leaf = number> = Within<E> extends infer Whole extends object ? {
    [Key in keyof Whole & string]: Within<NonNullable<Whole[Key]>> extends infer Part
      ? Part extends Leaf ? Key
      : Part extends object ? `${Key}.${Field<Part, Leaf>}`
      : never
      : never;
  }[keyof Whole & string]
  : never;

/**
 * What stands at a field of some evidence, as it is there: a number, a list, a matrix. What lies within
 * arrays of objects is gathered into a list.
 *
 * @throws {RangeError} If there is no such field; those that there are are named.
 */
export function valueAt(evidence: unknown, field: string): unknown {
  return field.split(".").reduce((value, key, depth, keys) => {
    const where = ["the evidence", ...keys.slice(0, depth)].join(".");
    return Array.isArray(value)
      ? value.flat(Infinity).map((part) => within(part, key, where))
      : within(value, key, where);
  }, evidence);
}

function within(value: unknown, key: string, where: string): unknown {
  if (typeof value === "object" && value !== null && Object.hasOwn(value, key)) {
    return (value as Record<string, unknown>)[key];
  }
  const fields = typeof value === "object" && value !== null ? Object.keys(value).join(", ") : "";
  throw new RangeError(`No field "${key}" in ${where}: there are ${fields || "none"}`);
}

/**
 * The numbers at a field, one after the other.
 *
 * @throws {RangeError} If there is no such field, or something else than numbers stands there.
 */
export function numbersAt(evidence: unknown, field: string): number[] {
  const values = [valueAt(evidence, field)].flat(Infinity);
  const wrong = values.find((value) => typeof value !== "number");
  if (wrong === undefined) return values as number[];
  throw new RangeError(`The field "${field}" must hold numbers, got ${JSON.stringify(wrong)}`);
}
