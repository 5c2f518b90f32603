/**
 * An executable spec of decoder-only transformers: hooked models on onnxruntime-web, probes for
 * what goes on inside them, sabotages that break them on purpose, and claims that are checked from
 * both sides.
 *
 * @module
 */
export * from "./lib/tensor/mod.ts";
export * from "./lib/onnx/mod.ts";
export * from "./lib/model/mod.ts";
export * from "./lib/runtime/mod.ts";
export * from "./lib/circuits/mod.ts";
export {
  afterEachRun,
  type Answer,
  type Arbitrary,
  type Axis as FigureAxis,
  bars,
  type Claimant,
  type ClaimInput,
  type ClaimRecord,
  type Control,
  type ControlRecord,
  type Controls,
  dots,
  type Family,
  type Figure,
  type FigureInput,
  type FigureOptions,
  type Handle,
  heatmap,
  type Inquiry,
  type Json,
  type Kind,
  lines,
  md,
  type Measured,
  type ModelRecord,
  type NumberFormat,
  panels,
  type Prose,
  question,
  type QuestionRecord,
  type Reading,
  type Reference,
  type RefutedInput,
  type Row,
  type RunRecord,
  type Sabotage as AnySabotage,
  type Selection,
  type ShownRun,
  type Slot,
  type Source,
  type Standing,
  type Subject,
  type Swap,
  type Target,
  type Verdict,
} from "./lib/claims/mod.ts";
export { sabotaged } from "./lib/claims/sabotaged.ts";
