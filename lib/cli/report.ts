/**
 * `deno task report`. The task lets it run any program, since the only one that it runs, the Deno
 * that is running it, has no name that could be given there: under npx it is on no PATH.
 */
import { drawFigure, makeDocument, reconcile, renderFiles, type RunInfo } from "../report/mod.ts";
import { collectTraces } from "./collect_traces.ts";
import { endWhenAsked } from "./ending.ts";
import { unlistedTests } from "./gather_tests.ts";
import { type Screen, showProgress } from "./progress.ts";
import { clearEvidence, writeReport } from "./report_folder.ts";
import { lockReport } from "./report_lock.ts";
import { readReportOptions, REPORT_USAGE, type ReportOptions } from "./report_options.ts";
import { readSpecFolder, type SpecFolder } from "./spec_folder.ts";
import { toolVersions } from "./tool_versions.ts";
import { verdictLines } from "./verdict_lines.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDER = new URL("report/", ROOT);

const SCREEN: Screen = {
  terminal: Deno.stdout.isTerminal(),
  write: (text) => void Deno.stdout.writeSync(new TextEncoder().encode(text)),
};

/** Takes the line away that changes. */
const CLEAR = SCREEN.terminal ? "\r\x1b[K" : "";

/** The command: what it exits with. */
async function main(args: readonly string[]): Promise<number> {
  const folder = await readSpecFolder(ROOT);
  let options: ReportOptions;
  try {
    options = readReportOptions(args, folder.specs);
  } catch (error) {
    console.error((error as Error).message);
    return 2;
  }
  if (options.help) {
    console.log(REPORT_USAGE);
    return 0;
  }
  using lock = await lockReport(FOLDER);
  if (!lock) {
    console.error("Cannot report: another report is being made in report/; wait until it is done");
    return 2;
  }
  endWhenAsked((why) => {
    console.error(`\nThe report was not finished: ${why}. An earlier one is as it was.`);
  });
  return await report(options, folder) ? 0 : 1;
}

/** Runs, reconciles, renders; whether everything stands. */
async function report(
  { files = undefined, limit, times }: ReportOptions,
  { specs, problems }: SpecFolder,
): Promise<boolean> {
  const started = performance.now();
  const chosen = files ?? specs;
  console.log(
    `Checking ${chosen.length} of ${specs.length} spec files; the library's own tests are deno test's.`,
  );
  await clearEvidence(FOLDER);
  const traces = await collectTraces({
    root: ROOT,
    id: crypto.randomUUID(),
    files: chosen,
    limit,
    onEnd: showProgress(SCREEN),
    onCut: (why) => SCREEN.write(`${CLEAR}${why}\n`),
  });
  SCREEN.write(CLEAR);
  const { questions, problems: found } = reconcile(traces);
  const seconds = Math.round(performance.now() - started) / 1000;
  const info: RunInfo = {
    tool: await toolVersions(ROOT),
    files: { run: chosen.length, found: specs.length },
    problems: [...problems, ...await unlistedTests(ROOT), ...found],
    times: times ? { date: new Date().toISOString(), seconds } : undefined,
  };
  const document = makeDocument(questions, info, drawFigure);
  await writeReport(FOLDER, renderFiles(document));
  for (const line of verdictLines(document)) console.log(line);
  return document.stands;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
