/**
 * `deno task verify`: the claims of the spec, asked of a reader's own model.
 *
 * Each claim that is about single transformers is asked with that model in their place, and of its
 * broken twins with the claim's own controls (`lib/claims/yours.ts` says how one stands for many).
 * What compares models that were trained for it, or toys, is not applicable. The verdicts of the
 * questions stay ours: they are read from the report that is there, or found anew where it is of
 * another version, and the pages get a section beside them.
 *
 * Like the report's, the task may run any program, since Deno has no name that could be given; it
 * runs itself alone, with the right to read the project and the folder that it was given.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  drawFigure,
  ledgerInWords,
  makeDocument,
  renderFiles,
  renderPreviews,
  type Yours,
  yoursInWords,
} from "../report/mod.ts";
import { duration } from "./duration.ts";
import { measureApart } from "./ledger/measure_apart.ts";
import { here, type Place } from "./place.ts";
import { makeLive } from "./report/live/make_live.ts";
import { endWhenAsked } from "./report/ending.ts";
import { writeReport } from "./report/folder.ts";
import { lockReport } from "./report/lock.ts";
import { readSpecFolder, type SpecFolder } from "./report/spec_folder.ts";
import { gigabytes, millions } from "./verify/estimate.ts";
import type { Job, Told } from "./verify/job.ts";
import { modelFolder } from "./verify/model_folder.ts";
import { readVerifyOptions, VERIFY_USAGE, type VerifyOptions } from "./verify/options.ts";
import { ourAnswers } from "./verify/our_answers.ts";
import { runAsking } from "./verify/run_asking.ts";

/** The command: what it exits with. */
export async function verifyCommand(args: readonly string[], place: Place): Promise<number> {
  const { root, screen, complain } = place;
  const spec = await readSpecFolder(root);
  let options: VerifyOptions;
  try {
    options = readVerifyOptions(args, spec.files);
  } catch (error) {
    complain((error as Error).message);
    return 2;
  }
  if (options.help) {
    screen.write(`${VERIFY_USAGE}\n`);
    return 0;
  }
  using lock = await lockReport(new URL("report/", root));
  if (lock) return await verify(options, spec, place);
  complain("Cannot write the report: another one is being made in report/; wait until it is done");
  return 2;
}

async function verify(
  options: VerifyOptions,
  spec: SpecFolder,
  place: Place,
): Promise<number> {
  const { root, complain } = place;
  let yours: Yours;
  try {
    const job = { ...jobOf(options, root), ...await modelFolder(options, root) };
    yours = await runAsking(root, job, following(place, spec, options));
    const ledger = await measureApart(root, job);
    yours = { ...yours, ...ledger && { ledger } };
  } catch (error) {
    complain((error as Error).message);
    return 2;
  }
  const { questions, info } = await ourAnswers(spec, place);
  const document = makeDocument(questions, { ...info, yours }, drawFigure);
  const live = await makeLive(root, document, (line) => place.screen.write(`${line}\n`));
  await writeReport(new URL("report/", root), [
    ...renderFiles(document, live),
    ...await renderPreviews(document),
  ]);
  place.screen.write(`${yoursInWords(yours)}\n`);
  if (yours.ledger) place.screen.write(`${ledgerInWords(yours.ledger)}\n`);
  place.screen.write("See report/index.html, report/answers.md and report/answers.json\n");
  return yours.claims.some(({ outcome }) => outcome === "broken") ? 1 : 0;
}

function jobOf(options: VerifyOptions, root: URL): Omit<Job, "folder"> {
  const at = (path: string) => resolve(fileURLToPath(root), path);
  const { text, tokens, prompt, maxTokens, limit, runtime, kind, files } = options;
  return {
    ...text !== undefined && { text: at(text) },
    ...tokens !== undefined && { tokens: at(tokens) },
    ...{ prompt, maxTokens, limit, runtime, kind, files },
  };
}

/** Says how far it is: what does not agree at once, and the numbers at the end of each file. */
function following({ screen }: Place, { files }: SpecFolder, options: VerifyOptions) {
  const say = (line: string) => screen.write(`${line}\n`);
  const asked = files.filter((file) => options.files.includes(file));
  return (told: Told) => {
    if (told.kind === "reading") {
      say(
        `Reading ${options.model}: ${millions(told.parameters)} parameters; it takes about ` +
          `${duration(told.seconds)} on an idle core, and up to ${gigabytes(told.memory)}`,
      );
    } else if (told.kind === "model") {
      say(`${told.model.name} has ${told.model.about}`);
      for (const note of told.model.notes) say(note);
      say(`Asking the claims of ${asked.length} spec files`);
    } else if (told.kind === "claim") {
      const { file, id, outcome, reason } = told.claim;
      const why = reason === undefined ? "" : `: ${reason.split("\n")[0]}`;
      say(`${file.replace(/^spec\/|_test\.ts$/g, "")} ${id}: ${outcome}${why}`);
    }
  };
}

if (import.meta.main) {
  endWhenAsked((why) => {
    console.error(`\nNothing was written: ${why}. An earlier report is as it was.`);
  });
  Deno.exit(await verifyCommand(Deno.args, here()));
}
