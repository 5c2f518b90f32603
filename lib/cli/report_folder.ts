import { LOCK } from "./report_lock.ts";

/** The report's files, in the order in which they are put in place: the page comes last. */
const PARTS = ["figures", "answers.schema.json", "answers.json", "answers.md", "index.html"];

/** Removes an earlier report and its evidence, so that neither can be taken for this run's. */
export async function clearReport(folder: URL): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await removeReport(folder);
  for await (const { name } of Deno.readDir(folder)) {
    if (name.startsWith(".") && name !== LOCK) await removeIfThere(new URL(name, folder));
  }
  await Deno.mkdir(new URL(".evidence/", folder));
}

/**
 * Puts the files of a report in place: all are written under another name first, and if any step
 * fails, none is left.
 */
export async function writeReport(folder: URL, files: ReadonlyMap<string, string>): Promise<void> {
  const draft = new URL(`.draft-${crypto.randomUUID()}/`, folder);
  try {
    await Deno.mkdir(new URL("figures/", draft), { recursive: true });
    for (const [path, text] of files) await Deno.writeTextFile(new URL(path, draft), text);
    for (const part of PARTS) {
      await removeIfThere(new URL(part, folder));
      await Deno.rename(new URL(part, draft), new URL(part, folder));
    }
  } catch (error) {
    await removeReport(folder);
    throw error;
  } finally {
    await removeIfThere(draft);
  }
}

async function removeReport(folder: URL): Promise<void> {
  // The page goes first: were this cut short, what is left would be no whole report.
  for (const part of PARTS.toReversed()) await removeIfThere(new URL(part, folder));
}

async function removeIfThere(path: URL): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
