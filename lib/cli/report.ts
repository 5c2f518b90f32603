/**
 * `deno task report`. The task lets it run any program, since the only one that it runs, the Deno
 * that is running it, has no name that could be given there: under npx it is on no PATH.
 */
import { drawFigure, makeDocument, renderFiles } from "../report/mod.ts";
import { here, type Place } from "./place.ts";
import { type Asked, readAsked } from "./report/asked.ts";
import { closingLines } from "./report/screen/closing.ts";
import { compareWith } from "./report/answers/compare_with.ts";
import { endWhenAsked } from "./report/ending.ts";
import { clearEvidence, writeReport } from "./report/folder.ts";
import { lockReport } from "./report/lock.ts";
import { REPORT_USAGE } from "./report/options.ts";
import { runQuestions } from "./report/run_questions.ts";
import { readSpecFolder, type SpecFolder } from "./report/spec_folder.ts";

/** What is done to the files of a report before they are put in place. */
export type Finish = (files: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;

/** The command: what it exits with. */
export async function reportCommand(
  args: readonly string[],
  place: Place,
  finish: Finish = (files) => files,
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
  if (lock) return await report(asked, spec, place, finish) ? 0 : 1;
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
  finish: Finish,
): Promise<boolean> {
  const { merged, earlier, quiet, times } = asked;
  await clearEvidence(folderIn(root));
  const { questions, info } = merged ?? await runQuestions(asked, spec, { root, screen });
  const document = makeDocument(
    questions,
    times ? info : { ...info, times: undefined },
    drawFigure,
  );
  await writeReport(folderIn(root), finish(renderFiles(document)));
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
