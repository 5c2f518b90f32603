/**
 * `deno task report`. The task lets it run any program, since the only one that it runs, the Deno
 * that is running it, has no name that could be given there: under npx it is on no PATH.
 */
import {
  type Document,
  drawFigure,
  makeDocument,
  reconcile,
  renderFiles,
  renderPreviews,
  type RunInfo,
} from "../report/mod.ts";
import { unlistedTests } from "./gather_tests.ts";
import { here, type Place } from "./place.ts";
import { collectTraces } from "./report/collect_traces.ts";
import { endWhenAsked } from "./report/ending.ts";
import { clearEvidence, writeReport } from "./report/folder.ts";
import { liveFiles } from "./report/live/live_files.ts";
import { lockReport } from "./report/lock.ts";
import { readReportOptions, REPORT_USAGE, type ReportOptions } from "./report/options.ts";
import { showProgress } from "./report/progress.ts";
import { readSpecFolder, type SpecFolder } from "./report/spec_folder.ts";
import { toolVersions } from "./report/tool_versions.ts";
import { verdictLines } from "./report/verdict_lines.ts";

/** The command: what it exits with. */
export async function reportCommand(args: readonly string[], place: Place): Promise<number> {
  const spec = await readSpecFolder(place.root);
  let options: ReportOptions;
  try {
    options = readReportOptions(args, spec.files);
  } catch (error) {
    place.complain((error as Error).message);
    return 2;
  }
  if (options.help) {
    place.screen.write(`${REPORT_USAGE}\n`);
    return 0;
  }
  using lock = await lockReport(folderIn(place.root));
  if (lock) return await report(options, spec, place) ? 0 : 1;
  place.complain("Cannot report: another report is being made in report/; wait until it is done");
  return 2;
}

function folderIn(root: URL): URL {
  return new URL("report/", root);
}

/** Runs, reconciles, renders; whether everything stands. */
async function report(
  { files, limit, times }: ReportOptions,
  spec: SpecFolder,
  { root, screen }: Place,
): Promise<boolean> {
  const started = performance.now();
  const [run, found] = [files ?? spec.files, spec.files.length];
  const say = (line: string) => screen.write(`${screen.terminal ? "\r\x1b[K" : ""}${line}\n`);
  say(`Checking ${run.length} of ${found} spec files; the library's own tests are deno test's.`);
  await clearEvidence(folderIn(root));
  const progress = { onEnd: showProgress(screen), onCut: say };
  const id = crypto.randomUUID();
  const { questions, problems } = reconcile(
    await collectTraces({ root, id, files: run, limit, ...progress }),
  );
  const seconds = Math.round(performance.now() - started) / 1000;
  const info: RunInfo = {
    tool: await toolVersions(root),
    files: { run: run.length, found },
    problems: [...spec.problems, ...await unlistedTests(root), ...problems],
    times: times ? { date: new Date().toISOString(), seconds } : undefined,
  };
  const document = makeDocument(questions, info, drawFigure);
  const live = await makeLive(root, document, say);
  await writeReport(folderIn(root), [
    ...renderFiles(document, live),
    ...await renderPreviews(document),
  ]);
  for (const line of verdictLines(document)) say(line);
  return document.stands;
}

/** What pages load to run their claims: nothing where it cannot be made, which is said. */
async function makeLive(
  root: URL,
  document: Document,
  say: (line: string) => void,
): Promise<Map<string, string>> {
  const draft = new URL(`.live-${crypto.randomUUID()}/`, folderIn(root));
  await Deno.mkdir(draft);
  try {
    return await liveFiles(root, draft, document);
  } catch (error) {
    say(`The pages cannot run their claims: ${(error as Error).message}`);
    return new Map();
  } finally {
    await Deno.remove(draft, { recursive: true });
  }
}

if (import.meta.main) {
  endWhenAsked((why) => {
    console.error(`\nThe report was not finished: ${why}. An earlier one is as it was.`);
  });
  Deno.exit(await reportCommand(Deno.args, here()));
}
