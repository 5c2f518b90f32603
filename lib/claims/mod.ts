/** Questions, the claims that answer them, and what they leave behind for the report. */
export type { ClaimInput, Controls, Inquiry, RefutedInput, ShownRun } from "./claim.ts";
export type { Control, ControlInput } from "./control.ts";
export {
  type Axis,
  bars,
  dots,
  type Figure,
  type FigureInput,
  heatmap,
  lines,
  type Row,
} from "./figure.ts";
export type { FigureOptions, Handle, Measured, Reading, Reference, Selection } from "./handle.ts";
export { afterEachRun } from "./lifecycle.ts";
export type { NumberFormat } from "./number.ts";
export { md, type Prose, type Slot } from "./prose.ts";
export { type Claimant, question } from "./question.ts";
export type { Answer } from "./question_record.ts";
export type {
  ClaimRecord,
  ControlRecord,
  Json,
  Kind,
  ModelRecord,
  QuestionRecord,
  RunRecord,
  Source,
  Standing,
  Verdict,
} from "./record.ts";
export { panels } from "./panels.ts";
export { type Arbitrary, type Family, sabotaged, type Subject, type Target } from "./subject.ts";
