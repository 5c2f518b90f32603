/** The file's name in the folder, where clearing leaves it. */
export const LOCK = ".lock";

/**
 * Keeps the report's folder to one run: a second one would clear away the evidence of the first.
 * The lock is the system's, on a file that stays: a run that is killed holds it no longer.
 *
 * @returns What gives it back, or undefined where another run has it.
 */
export async function lockReport(folder: URL): Promise<Disposable | undefined> {
  await Deno.mkdir(folder, { recursive: true });
  const file = await Deno.open(new URL(LOCK, folder), { create: true, write: true });
  if (await file.tryLock(true)) return file;
  file.close();
  return undefined;
}
