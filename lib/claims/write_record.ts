import { parseArgs } from "@std/cli/parse-args";
import type { QuestionRecord } from "./record.ts";

/** Where a run of the suite leaves what it found; one folder for each run. */
const EVIDENCE = new URL("../../report/.evidence/", import.meta.url);

/** The id of the run of the suite, given as `--run-id=...` after `--`; "" where none was given. */
export function runId(args: readonly string[] = Deno.args): string {
  return parseArgs([...args], { string: ["run-id"] })["run-id"] ?? "";
}

/**
 * Writes the record to `<run id>/<stem>.json` in the evidence folder, under another name first, so
 * that it is there whole or not at all. Writes nothing, and asks for nothing, unless the process
 * may already write there and the run has an id.
 *
 * @returns Whether it was written.
 * @throws {RangeError} If the run's id could not be the name of a folder.
 */
export async function writeRecord(record: QuestionRecord, stem: string): Promise<boolean> {
  if (record.run === "" || EVIDENCE.protocol !== "file:") return false;
  if (!/^[\w-][\w.-]*$/.test(record.run)) {
    throw new RangeError(
      `Bad run id: it must be made of letters, digits, ".", "_" and "-", got "${record.run}"`,
    );
  }
  if (!mayWrite()) return false;
  const folder = new URL(`${record.run}/`, EVIDENCE);
  const draft = new URL(`${stem}.json.${crypto.randomUUID()}.tmp`, folder);
  await Deno.mkdir(folder, { recursive: true });
  try {
    await Deno.writeTextFile(draft, JSON.stringify(record));
    await Deno.rename(draft, new URL(`${stem}.json`, folder));
  } catch (error) {
    await Deno.remove(draft).catch(() => {});
    throw error;
  }
  return true;
}

function mayWrite(): boolean {
  return (["read", "write"] as const).every((name) =>
    Deno.permissions.querySync({ name, path: EVIDENCE }).state === "granted"
  );
}
