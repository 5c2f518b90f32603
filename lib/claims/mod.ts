/**
 * Questions, the claims that answer them, and what they leave behind for the report. A spec file
 * calls `question` with a text and a body such as `linesAtZero`:
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import type { Author, Subject } from "./mod.ts";
 *
 * // Claims are about models, or about anything else that can be loaded: here a straight line.
 * const line = (bias: number): Subject<{ bias: number }> => ({
 *   name: `y = x + ${bias}`,
 *   origin: "built",
 *   load: () => Promise.resolve({ bias }),
 * });
 *
 * // question("Do lines go through zero?", { notes: "open", standing: "answered here" }, linesAtZero)
 * // would make tests of it.
 * function linesAtZero({ short, claim, say, wouldChange }: Author): void {
 *   short`Those without a bias do.`;
 *   const through = claim("A line without a bias goes through zero", {
 *     id: "through-zero",
 *     kind: "construction",
 *     on: [line(0)],
 *     measure: ({ bias }) => ({ at: bias }),
 *     check: ({ at }) => assertEquals(at, 0, "it must be zero at zero"),
 *     mustFailOn: { "a line with a bias": { on: [line(1)] } },
 *   });
 *   say`At zero it is ${through.max("at")}.`;
 *   wouldChange`Such a line that is anything else there.`;
 * }
 * ```
 *
 * @module
 */
export type { Axis, Chart, Figure, Part as Lit, Row } from "./pictures/figure.ts";
export type { Show } from "./pictures/plots.ts";
export type { Bound, Bounds } from "./bound.ts";
export type { ClaimInput, Controls, Inquiry, RefutedInput } from "./claim.ts";
export type { Control, ControlInput } from "./control.ts";
export type { FigureOptions, Handle, Measured, Units } from "./prose/handle.ts";
export type { NumberFormat } from "./prose/number.ts";
export { md, type Prose, type Slot } from "./prose/prose.ts";
export { type Author, question } from "./question.ts";
export type { Breaks, ParagraphKind, QuestionInfo, Write, Writer } from "./prose/essay.ts";
export type { Becomes } from "./prose/suggestion.ts";
export type { Field, Within } from "./prose/fields.ts";
export type { Selection } from "./prose/selection.ts";
export type {
  ClaimRecord,
  Json,
  Kind,
  ModelRecord,
  ParagraphRecord,
  PartRecord,
  QuestionRecord,
  Reach,
  RunRecord,
  Source,
  Standing,
  SuggestionRecord,
  Verdict,
} from "./record.ts";
export {
  type Arbitrary,
  type Family,
  sabotaged,
  type StandIn,
  type Subject,
  type Target,
} from "./subject.ts";
