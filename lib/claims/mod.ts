export type {
  ClaimRecord,
  ControlRecord,
  Json,
  Kind,
  QuestionRecord,
  RunRecord,
  Source,
  Standing,
  Verdict,
} from "./record.ts";
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
