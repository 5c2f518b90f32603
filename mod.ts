/**
 * What an author of questions needs: claims that are checked from both sides, and transformers that
 * run. Beside it, each with an entry of its own: the transformer as a value (`lib/model/mod.ts`),
 * ways to break it (`lib/model/sabotages/mod.ts`), what can be measured on it (`lib/circuits/mod.ts`)
 * and pictures of that (`lib/claims/pictures/mod.ts`).
 *
 * @module
 */
export {
  type Arbitrary,
  type Author,
  type Bound,
  type Bounds,
  type ClaimInput,
  type Control,
  type ControlInput,
  type Controls,
  type Family,
  type Field,
  type FigureOptions,
  type Handle,
  type Inquiry,
  type Kind,
  md,
  type Measured,
  type ModelRecord,
  type NumberFormat,
  type ParagraphKind,
  type Prose,
  question,
  type QuestionInfo,
  type RefutedInput,
  sabotaged,
  type Selection,
  type Slot,
  type Source,
  type StandIn,
  type Standing,
  type Subject,
  type Target,
  type Units,
  type Within,
  type Write,
  type Writer,
} from "./lib/claims/mod.ts";
export {
  type BuildContext,
  compose,
  type Model,
  type Need,
  needs,
  type Rewrite,
  rewriteAt,
  type Sabotage,
  sabotage,
  type SabotageInput,
} from "./lib/model/mod.ts";
export { Graph, type Value } from "./lib/onnx/mod.ts";
export {
  Activations,
  type Booleans,
  Decoder,
  type Feed,
  GraphSession,
  type Integers,
  type Intervention,
  LARGE,
  releaseSessions,
  run,
  type RunOptions,
  startRuntime,
  type Tokens,
} from "./lib/runtime/mod.ts";
