/**
 * `deno task report`. The task lets it run any program, since the only one that it runs, the Deno
 * that is running it, has no name that could be given there: under npx it is on no PATH.
 */
import { drawFigure, makeDocument, renderFiles, renderPreviews } from "../report/mod.ts";
import { here, type Place } from "./place.ts";
import { type Asked, readAsked } from "./report/asked.ts";
import { closingLines } from "./report/screen/closing.ts";
import { compareWith } from "./report/answers/compare_with.ts";
import { endWhenAsked } from "./report/ending.ts";
import { clearEvidence, writeReport } from "./report/folder.ts";
import { makeLive } from "./report/live/make_live.ts";
import { lockReport } from "./report/lock.ts";
import { REPORT_USAGE } from "./report/options.ts";
import { matrixThere } from "./sabotage/matrix_there.ts";
import { runQuestions } from "./report/run_questions.ts";
import { readSpecFolder, type SpecFolder } from "./report/spec_folder.ts";
import type { Standby } from "./report/start_tests.ts";

/** What a report is made with, for whoever makes more of it than the command does. */
export interface Making {
  /** Done to the files before they are put in place. */
  readonly finish?: (files: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;
  /** Whether pages get what they run their claims with, which takes some seconds; so unless told. */
  readonly live?: boolean;
  /** What is to run the spec file, where it is one; it is started unless told. */
  readonly standby?: Standby;
}

/** The command: what it exits with. */
export async function reportCommand(
  args: readonly string[],
  place: Place,
  making: Making = {},
): Promise<number> {
  const spec = await readSpecFolder(place.root);
  let asked: Asked;
  try {
    asked = await readAsked(args, spec.files, place.root);
  } catch (error) {
    place.complain((error as Error).message);
    return 2;
  }
  if (asked.help) {
    place.screen.write(`${REPORT_USAGE}\n`);
    return 0;
  }
  using lock = await lockReport(folderIn(place.root));
  if (lock) return await report(asked, spec, place, making) ? 0 : 1;
  place.complain("Cannot report: another report is being made in report/; wait until it is done");
  return 2;
}

function folderIn(root: URL): URL {
  return new URL("report/", root);
}

/** Finds the answers, renders them, says what came of them; whether all is as it should be. */
async function report(
  asked: Asked,
  spec: SpecFolder,
  { root, screen }: Place,
  making: Making,
): Promise<boolean> {
  const { finish = (files) => files } = making;
  const { merged, earlier, quiet, times } = asked;
  await clearEvidence(folderIn(root));
  const { questions, info: known } = merged ??
    await runQuestions(asked, spec, { root, screen }, making.standby);
  const info = { ...known, matrix: await matrixThere(root, known.tool) };
  const document = makeDocument(
    questions,
    times ? info : { ...info, times: undefined },
    drawFigure,
  );
  const live = making.live === false
    ? undefined
    : await makeLive(root, document, (line) => screen.write(`${line}\n`));
  const previews = making.live === false ? [] : await renderPreviews(document);
  await writeReport(folderIn(root), [...finish(renderFiles(document, live)), ...previews]);
  const missing = merged?.missing ?? [];
  const since = earlier && compareWith(earlier, document.questions, spec.files);
  const more = [
    ...missing.length === 0 ? [] : [`! None of what was merged has ${missing.join(", ")}.`],
    ...since?.lines ?? [],
  ];
  for (const line of closingLines(document, { screen, quiet, more })) screen.write(`${line}\n`);
  return document.stands && missing.length === 0 && !since?.worse;
}

if (import.meta.main) {
  endWhenAsked((why) => {
    console.error(`\nThe report was not finished: ${why}. An earlier one is as it was.`);
  });
  Deno.exit(await reportCommand(Deno.args, here()));
}
