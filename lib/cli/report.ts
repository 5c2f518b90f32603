import { drawFigure } from "../report/charts/chart.ts";
import { makeDocument, type RunInfo } from "../report/document.ts";
import { drawable } from "../report/drawable.ts";
import { reconcile } from "../report/reconcile.ts";
import { renderFiles } from "../report/render.ts";
import { findSpecs, gather } from "./gather.ts";
import { type Screen, showProgress } from "./progress.ts";
import { clearReport, writeReport } from "./report_folder.ts";
import { readReportOptions, REPORT_USAGE, type ReportOptions } from "./report_options.ts";
import { toolVersions } from "./tool_versions.ts";
import { verdictLines } from "./verdict_lines.ts";

const ROOT = new URL("../../", import.meta.url);

const SCREEN: Screen = {
  terminal: Deno.stdout.isTerminal(),
  write: (text) => void Deno.stdout.writeSync(new TextEncoder().encode(text)),
};

/** The command: what it exits with. */
async function main(args: readonly string[]): Promise<number> {
  const specs = await findSpecs(ROOT);
  let options: ReportOptions;
  try {
    options = readReportOptions(args, specs);
  } catch (error) {
    console.error((error as Error).message);
    return 2;
  }
  if (options.help) {
    console.log(REPORT_USAGE);
    return 0;
  }
  return await report(options, specs) ? 0 : 1;
}

/** Runs, reconciles, renders; whether everything stands. */
async function report(
  { files = undefined, times }: ReportOptions,
  specs: string[],
): Promise<boolean> {
  const started = performance.now();
  const chosen = files ?? specs;
  console.log(
    `Checking ${chosen.length} of ${specs.length} spec files; the library's own tests are deno test's.`,
  );
  const folder = new URL("report/", ROOT);
  await clearReport(folder);
  const traces = await gather({
    root: ROOT,
    id: crypto.randomUUID(),
    files: chosen,
    onEnd: showProgress(SCREEN),
  });
  if (SCREEN.terminal) SCREEN.write("\r\x1b[K");
  const { questions, problems } = reconcile(traces);
  const seconds = Math.round(performance.now() - started) / 1000;
  const info: RunInfo = {
    tool: await toolVersions(ROOT),
    files: { run: chosen.length, found: specs.length },
    problems,
    times: times ? { date: new Date().toISOString(), seconds } : undefined,
  };
  const drawables = questions.map((question) => drawable(question, drawFigure));
  const document = makeDocument(drawables, info, drawFigure);
  await writeReport(folder, renderFiles(document));
  for (const line of verdictLines(document)) console.log(line);
  return document.stands;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
