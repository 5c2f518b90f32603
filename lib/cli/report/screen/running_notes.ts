import { evidenceFiles, specFileAt } from "../../../claims/spec_file.ts";
import type { Running } from "../../../claims/write_record.ts";
import { fileAt, readIfThere } from "../../files_in.ts";
import { evidenceFolder } from "../run_spec.ts";

/** What a claim's note says of how far its file has come. */
export type Note = Pick<Running, "claims" | "statement">;

/** What these spec files are at, by file, as far as their notes are there and whole. */
export async function runningNotes(
  root: URL,
  id: string,
  files: readonly string[],
): Promise<Map<string, Note>> {
  const notes = new Map<string, Note>();
  await Promise.all(files.map(async (file) => {
    const path = evidenceFolder(id) + evidenceFiles(specFileAt(file)).running;
    const note = readNote(await readIfThere(fileAt(root, path)));
    if (note) notes.set(file, note);
  }));
  return notes;
}

function readNote(text = ""): Note | undefined {
  try {
    const { claims, statement } = JSON.parse(text);
    const whole = Number.isInteger(claims) && typeof statement === "string";
    return whole ? { claims, statement } : undefined;
  } catch {
    return undefined;
  }
}
