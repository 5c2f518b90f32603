import { ModelFileError, refuse } from "../files/file_error.ts";
import { readJson } from "../files/json.ts";

/** The files of a checkpoint, wherever they are: a folder, a picked folder in a browser, memory. */
export interface CheckpointFiles {
  /** What the files are called, without folders. */
  readonly names: readonly string[];
  /** The bytes of one of them. They are kept: nobody may change them afterwards. */
  read(name: string): Uint8Array | Promise<Uint8Array>;
}

const POINTER = "version https://git-lfs.github.com/spec/";

/**
 * The bytes of a file.
 *
 * @throws {ModelFileError} If it is a Git LFS pointer: what a clone has where Git LFS is missing.
 */
export async function readBytes(files: CheckpointFiles, name: string): Promise<Uint8Array> {
  const bytes = await files.read(name);
  const start = new TextDecoder().decode(bytes.subarray(0, 200));
  if (!start.startsWith(POINTER)) return bytes;
  const size = /^size (\d+)$/m.exec(start)?.[1] ?? "unknown";
  throw new ModelFileError(
    `Cannot read ${name}: it is a Git LFS pointer to ${size} bytes, and not the file itself; ` +
      `run "git lfs pull" in the clone that it is from, or download it`,
  );
}

/** The JSON of a file, if it is no longer than any of its kind; JSON is slow to read. */
export async function readJsonFile(
  files: CheckpointFiles,
  name: string,
  most = 10_000_000,
): Promise<unknown> {
  const bytes = await readBytes(files, name);
  if (bytes.length > most) refuse(name, "the file", `at most ${most} bytes long`, bytes.length);
  return readJson(name, "the file", bytes);
}
