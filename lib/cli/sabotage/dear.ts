/**
 * Claims whose measure takes more than a quarter of a second of one core on their first subject, on
 * two cores of 2024, by question and claim. A hundred sabotages of each would take half of the
 * time: they are asked only of models broken by what they name, unless `--all` is told.
 */
export const DEAR: ReadonlySet<string> = new Set([
  "01/near-certainty",
  "01/own-token",
  "01/the-mask-teaches",
  "02/loss-beside-the-others",
  "02/position-in-the-spread",
  "02/position-in-the-stream",
  "03/few-paths",
  "03/heads-split",
  "03/shortfall-is-layernorm",
  "03/training-concentrates",
  "03/wider-is-fewer",
  "04/how-flat-heads-are-missed",
  "07/rotary-tuned",
  "07/rotary-untuned",
  "07/stretched-table",
  "08/returns-of-width-fall",
  "08/wide-or-deep",
  "09/every-prompt-length",
  "09/honest-predictions",
  "09/more-signal",
  "11/a-previous-token-head-as-if-fixed",
  "12/one-layer-knows-the-bag",
  "12/own-token-by-queries",
  "12/read-by-keys",
  "13/half-is-enough",
]);
