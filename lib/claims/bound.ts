import { AssertionError } from "@std/assert";
import { type Field, numbersAt } from "./prose/fields.ts";

/** Where the numbers at a field of the evidence must lie: written once, checked, and drawn. */
export interface Bound {
  /** What they must be greater than. */
  readonly above?: number;
  /** What they must be less than. */
  readonly below?: number;
  /** What they must be. */
  readonly equals?: number;
  /** What these numbers are, in a few words: "relative to the largest logit". */
  readonly what: string;
}

/** Bounds by the fields of the evidence that they are for. */
export type Bounds<E> = { readonly [Name in Field<E>]?: Bound };

/** A bound with its field. */
export type BoundRecord = Bound & { readonly field: string };

/** The bounds of a claim as they are kept. */
export function boundsOf<E>(bounds: Bounds<E> = {}): BoundRecord[] {
  return Object.entries<Bound>(bounds as Record<string, Bound>)
    .map(([field, bound]) => ({ field, ...bound }));
}

/** Whether a number is where it must be. */
export function isWithin({ above, below, equals }: Bound, value: number): boolean {
  return (above === undefined || value > above) && (below === undefined || value < below) &&
    (equals === undefined || value === equals);
}

/** "above 0 and below 1"; numbers as they are written, or as is told. */
export function boundInWords(
  { above, below, equals }: Bound,
  write: (number: number) => string = String,
): string {
  return Object.entries({ above, below, equals }).flatMap(([side, number]) =>
    number === undefined ? [] : `${side === "equals" ? "exactly" : side} ${write(number)}`
  ).join(" and ");
}

/**
 * Asserts that all numbers at the fields lie where they must.
 *
 * @throws {AssertionError} If one does not, with what was required and what was given.
 * @throws {RangeError} If there is no number at a field.
 */
export function assertBounds<E>(bounds: Bounds<E> | undefined, evidence: E): void {
  for (const { field, ...bound } of boundsOf(bounds)) {
    const values = numbersAt(evidence, field);
    if (values.length === 0) throw new RangeError(`The field "${field}" must hold a number`);
    const wrong = values.find((value) => !isWithin(bound, value));
    if (wrong === undefined) continue;
    const required = `${field} must be ${boundInWords(bound)}, got ${wrong}`;
    throw new AssertionError(`${bound.what}: ${required}`);
  }
}

/** What is wrong with the bounds of a claim, if anything is. */
export function boundsProblem<E>(bounds: Bounds<E> | undefined): string | undefined {
  for (const { field, what, above, below, equals } of boundsOf(bounds)) {
    const numbers = [above, below, equals].filter((number) => number !== undefined);
    if (numbers.length === 0) return `${field} without above, below or equals`;
    if (!numbers.every(Number.isFinite)) return `${field} with ${numbers}`;
    if (above !== undefined && below !== undefined && !(above < below)) {
      return `${field} with nothing between ${above} and ${below}`;
    }
    if (what.trim() === "") return `${field} without what it is`;
  }
}
