import type { QuestionRecord } from "./record.ts";
import { evidenceFiles, type SpecFile } from "./spec_file.ts";

/** What is being run, for whoever waits for it. */
export interface Running {
  /** The claim's id. */
  readonly claim: string;
  readonly statement: string;
  /** How many claims the question has. */
  readonly claims: number;
  /** The subject, family or control. */
  readonly step: string;
  /** When it began, in ISO 8601. */
  readonly at: string;
}

/** The id of the run of the suite, given as `--run-id=...` after `--`; "" where none was given. */
export function runId(): string {
  const option = "--run-id=";
  return Deno.args.findLast((arg) => arg.startsWith(option))?.slice(option.length) ?? "";
}

/**
 * Writes the record to `<run id>/<stem>.json` in the evidence folder, `report/.evidence/`.
 *
 * @throws {RangeError} If the run's id could not be the name of a folder.
 */
export async function writeRecord(record: QuestionRecord, file: SpecFile): Promise<void> {
  await put(record.run, evidenceFiles(file).record, record);
}

/**
 * Notes in `<run id>/<stem>.running.json` what is about to run, so that whoever has to end the run
 * can say what it was at; the note goes once nothing runs.
 */
export async function noteRunning(run: string, file: SpecFile, running?: Running): Promise<void> {
  await put(run, evidenceFiles(file).running, running);
}

/**
 * Writes a file of evidence under another name first, so that it is there whole or not at all; where
 * there is nothing to write, removes it. Does nothing, and asks for nothing, unless the process may
 * already write there and the run has an id.
 */
async function put(run: string, name: string, content?: object): Promise<void> {
  const folder = folderOf(run);
  if (!folder) return;
  const file = new URL(encodeURIComponent(name), folder);
  const draft = new URL(`${file.href}.${crypto.randomUUID()}.tmp`);
  await Deno.mkdir(folder, { recursive: true });
  try {
    await Deno.writeTextFile(draft, JSON.stringify(content ?? null));
    await Deno.rename(draft, file);
    if (content === undefined) await Deno.remove(file);
  } catch (error) {
    await Deno.remove(draft).catch(() => {});
    throw error;
  }
}

function folderOf(run: string): URL | undefined {
  const evidence = new URL("../../report/.evidence/", import.meta.url);
  if (run === "" || evidence.protocol !== "file:") return undefined;
  if (!/^[\w-][\w.-]*$/.test(run)) {
    throw new RangeError(
      `Bad run id: it must be made of letters, digits, ".", "_" and "-", got "${run}"`,
    );
  }
  const granted = (["read", "write"] as const).every((name) =>
    Deno.permissions.querySync({ name, path: evidence }).state === "granted"
  );
  return granted ? new URL(`${run}/`, evidence) : undefined;
}
