import type { ClaimRecord, RunRecord } from "../../claims/mod.ts";
import { boundInWords, type BoundRecord, isWithin } from "../../claims/bound.ts";
import { numbersAt } from "../../claims/prose/fields.ts";
import { compactNumber, compactRange, count, distinctNumbers, exactNumber } from "../numbers.ts";

/** What was measured at one field, beside its bound and the nearest control: how much room there is. */
export interface Margin {
  /** The field of the evidence. */
  readonly field: string;
  /** Where its numbers must lie, and what they are; absent where no bound is declared. */
  readonly bound?: BoundRecord;
  /** What was measured on each model that the claim is about. */
  readonly points: readonly Point[];
  /** Of the controls beyond the bound, the one that is nearest to it. */
  readonly control?: Point & { readonly name: string };
  /** All of that in a sentence. */
  readonly words: string;
}

/** A number measured on a model. */
export interface Point {
  readonly model: string;
  readonly value: number;
}

/** What is known of a run where only its numbers count. */
export type Measured = Pick<RunRecord, "model" | "control" | "role" | "verdict" | "evidence">;

/** One for each bound of a claim; of a claim without any, one for the field that the answer quotes. */
export function margins(
  { runs, direction, bounds = [], quoted }: Omit<ClaimRecord, "runs"> & {
    readonly runs: readonly Measured[];
  },
): Margin[] {
  const asked = bounds.length > 0 || quoted === undefined
    ? bounds.map((bound) => ({ field: bound.field, bound }))
    : [{ field: quoted, bound: undefined }];
  return asked.flatMap(({ field, bound }) => {
    const points = pointsOf(runs.filter(({ role }) => role === "subject"), field, bound);
    if (points.length === 0) return [];
    const controls = pointsOf(runs.filter(({ role }) => role === "control"), field, bound);
    const beyond = controls.filter(({ value }) =>
      !bound || isWithin(bound, value) !== (direction === "claim")
    );
    const far = (value: number) => distance(value, points, bound);
    const control = beyond.toSorted((a, b) => far(a.value) - far(b.value))[0];
    return [{ field, bound, points, control, words: inWords(field, points, bound, control) }];
  });
}

/** A point for each run; of several numbers the one that is nearest to the bound, or beyond it. */
function pointsOf(runs: readonly Measured[], field: string, bound?: BoundRecord) {
  return runs.flatMap(({ model, control: name = "", evidence, verdict }) => {
    if (verdict !== "holds" && verdict !== "fails") return [];
    const numbers = numbersIn(evidence, field);
    return worst(numbers, bound).map((value) => ({ model, name, value }));
  });
}

/** A record may have been written by anybody: what is not there is not drawn. */
function numbersIn(evidence: RunRecord["evidence"], field: string): number[] {
  try {
    return numbersAt(evidence, field);
  } catch {
    return [];
  }
}

function worst(numbers: readonly number[], bound?: BoundRecord): readonly number[] {
  if (!bound) return numbers;
  return numbers.toSorted((a, b) => room(bound, a) - room(bound, b)).slice(0, 1);
}

/** How far inside its bound a number is; less than nothing where it is beyond. */
function room({ above = -Infinity, below = Infinity, equals }: BoundRecord, value: number): number {
  return equals === undefined ? Math.min(value - above, below - value) : -Math.abs(value - equals);
}

function distance(value: number, points: readonly Point[], bound?: BoundRecord): number {
  if (bound) return Math.abs(room(bound, value));
  return Math.min(...points.map((point) => Math.abs(point.value - value)));
}

/** Where a number must lie; two ends that are nearly the same are told apart. */
export function requiredInWords(bound: BoundRecord): string {
  const ends = [bound.above, bound.below].filter((end) => end !== undefined);
  const [first] = distinctNumbers(ends);
  const exact = ends.length === 2 && first !== compactNumber(ends[0]);
  return boundInWords(bound, exact ? exactNumber : compactNumber);
}

function inWords(
  field: string,
  points: readonly Point[],
  bound?: BoundRecord,
  control?: Margin["control"],
): string {
  const models = new Set(points.map(({ model }) => model));
  const range = compactRange(points.map(({ value }) => value));
  const required = bound ? ` Required: ${requiredInWords(bound)}.` : "";
  const nearest = control
    ? ` The nearest control, “${control.name}” on ${control.model}: ${
      compactNumber(control.value)
    }.`
    : "";
  return `${bound?.what ?? field}: ${range} on ${
    count(models.size, "model")
  }.${required}${nearest}`;
}
