/**
 * The report: what a run of the spec left behind becomes one document, and that the report's files.
 *
 * {@linkcode reconcile} turns the traces of a run into questions, believing nothing that it cannot
 * check; {@linkcode makeDocument} gathers them, with {@linkcode drawFigure} for the pictures;
 * {@linkcode renderFiles} writes the page, the Markdown, the data and the pictures.
 */
export { drawFigure } from "./charts/chart.ts";
export {
  type Document,
  makeDocument,
  type Question,
  type QuestionView,
  type RunInfo,
  type Tool,
} from "./document/document.ts";
export { type FilledLedger, ledgerInWords, type LedgerRow } from "./document/ledger.ts";
export { type Yours, yoursInWords } from "./document/yours.ts";
export { loadingErrors } from "./loading_errors.ts";
export { reconcile, type Traces } from "./reconcile.ts";
export { renderPreviews } from "./preview/raster.ts";
export { renderFiles } from "./render.ts";
export { violations } from "./schema.ts";
