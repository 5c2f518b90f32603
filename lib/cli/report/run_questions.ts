import { reconcile } from "../../report/mod.ts";
import { unlistedTests } from "../gather_tests.ts";
import type { Place, Screen } from "../place.ts";
import { collectTraces } from "./collect_traces.ts";
import type { Merged } from "./answers/merge.ts";
import type { ReportOptions } from "./options.ts";
import { LiveProgress, noProgress, PlainProgress, type Progress } from "./screen/progress.ts";
import { runningNotes } from "./screen/running_notes.ts";
import type { SpecFolder } from "./spec_folder.ts";
import type { Standby } from "./start_tests.ts";
import { toolVersions } from "./tool_versions.ts";

/**
 * Runs spec files and believes of them what their traces agree on.
 *
 * @param standby What is to run it, where it is one file.
 */
export async function runQuestions(
  { files, limit, quiet }: ReportOptions,
  spec: SpecFolder,
  { root, screen }: Pick<Place, "root" | "screen">,
  standby?: Standby,
): Promise<Pick<Merged, "questions" | "info">> {
  const started = performance.now();
  const asked = files ?? spec.files;
  const id = standby?.id ?? crypto.randomUUID();
  using progress = quiet ? noProgress : progressOn(screen, root, id, asked);
  progress.say(
    `Checking ${asked.length} of ${spec.files.length} spec files; ` +
      "the library's own tests are deno test's.",
  );
  const [tool, traces] = await Promise.all([
    toolVersions(root),
    collectTraces({
      ...{ root, id, files: asked, limit, standby },
      onEnd: (ended) => progress.ended(ended),
      onAgain: (files, why) => {
        if (why) progress.say(why);
        progress.again(files);
      },
    }),
  ]);
  const { questions, problems } = reconcile(traces);
  const seconds = Math.round(performance.now() - started) / 1000;
  const info = {
    tool,
    files: { run: asked.length, found: spec.files.length },
    problems: [...spec.problems, ...await unlistedTests(root), ...problems],
    times: { date: new Date().toISOString(), seconds },
  };
  return { questions, info };
}

function progressOn(screen: Screen, root: URL, id: string, files: readonly string[]): Progress {
  if (!screen.terminal) return new PlainProgress(screen, files);
  return new LiveProgress(screen, files, (files) => runningNotes(root, id, files));
}
