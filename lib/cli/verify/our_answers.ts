import type { Place } from "../place.ts";
import { readAnswers } from "../report/answers/answers_file.ts";
import { merge, type Merged } from "../report/answers/merge.ts";
import { clearEvidence } from "../report/folder.ts";
import { runQuestions } from "../report/run_questions.ts";
import type { SpecFolder } from "../report/spec_folder.ts";
import { toolVersions } from "../report/tool_versions.ts";

/** How many seconds nothing may move while our own questions run. */
const PATIENCE = 180;

/** What our own models came to: of the report that is there, or anew. */
export async function ourAnswers(
  spec: SpecFolder,
  { root, screen }: Pick<Place, "root" | "screen">,
): Promise<Pick<Merged, "questions" | "info">> {
  const path = "report/answers.json";
  try {
    const version = (await toolVersions(root)).spec;
    const there = { path, answers: await readAnswers(root, path) };
    const found = merge([there], { files: spec.files, spec: version });
    if (found.missing.length === 0) return found;
  } catch {
    // What is there is of another version, or of none: it is made anew.
  }
  screen.write("Our own models are asked anew: no report of this version is there\n");
  await clearEvidence(new URL("report/", root));
  return await runQuestions({ quiet: true, limit: PATIENCE, times: true, help: false }, spec, {
    root,
    screen,
  });
}
