import { createHash, type Hash } from "node:crypto";
import { type At, type ListedFile, refusal, requestFile } from "./hub.ts";

/** How a file is fetched. */
export interface DownloadOptions {
  /** How many milliseconds nothing may come. */
  readonly patience?: number;
  /** Told how many bytes are there, again and again. */
  readonly onBytes?: (bytes: number) => void;
}

const PATIENCE = 60_000;

/**
 * Fetches a file to a path, where it stands only once its hash is that which the hub lists. What
 * came before a break stays beside it, as `PATH.incomplete`, and the next call goes on from there.
 *
 * @throws {ModelFileError} If the hub does not give it, stops in the middle, or gives something
 * else, which is removed.
 */
export async function download(
  at: At,
  file: ListedFile,
  path: string,
  { patience = PATIENCE, onBytes = () => {} }: DownloadOptions = {},
): Promise<void> {
  const incomplete = `${path}.incomplete`;
  using disk = await Deno.open(incomplete, { create: true, read: true, write: true });
  await disk.lock(true); // of two calls one waits, and finds it done
  if (await isThere(path)) return await Deno.remove(incomplete).catch(() => {});
  const transfer: Transfer = { at, file, disk, patience, onBytes };
  let found = await goOn(transfer);
  if (found.resumed && found.problem) { // perhaps of other bytes that were there: from the beginning
    await disk.truncate();
    found = await goOn(transfer);
  }
  if (found.problem) {
    await Deno.remove(incomplete);
    throw refusal(at, `${found.problem}; what came was removed`, file.path);
  }
  await disk.sync();
  await Deno.rename(incomplete, path);
}

/** Whether there is something at a path. */
export async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

interface Transfer extends Required<DownloadOptions> {
  readonly at: At;
  readonly file: ListedFile;
  readonly disk: Deno.FsFile;
}

/** Fetches what is missing on the disk: what is wrong with the whole, and whether it was begun before. */
async function goOn(transfer: Transfer): Promise<{ problem?: string; resumed: boolean }> {
  const { file: { size }, disk } = transfer;
  const { size: there } = await disk.stat();
  if (there > size) await disk.truncate();
  const from = there > size ? 0 : there;
  const received = from < size ? await receive(transfer, from) : size;
  return { problem: await problemOf(transfer, received), resumed: from > 0 };
}

/** Writes what comes behind what is there: how long the file is then. */
async function receive(transfer: Transfer, from: number): Promise<number> {
  const { at, file, disk, onBytes } = transfer;
  const idle = new AbortController();
  const alarm = () => idle.abort(new Error(`nothing came for ${transfer.patience / 1000} seconds`));
  let timer = setTimeout(alarm, transfer.patience);
  let end = from;
  try {
    const { status, body } = await requestFile(at, file.path, from, idle.signal);
    if (status !== 206) end = 0; // it gives all of it, whatever was asked for
    await disk.seek(end, Deno.SeekMode.Start);
    for await (const piece of body ?? []) {
      clearTimeout(timer);
      timer = setTimeout(alarm, transfer.patience);
      for (let sent = 0; sent < piece.length;) sent += await disk.write(piece.subarray(sent));
      onBytes(end += piece.length);
      if (end > file.size) break;
    }
  } catch (error) {
    if (end === from) throw error;
    throw broken(transfer, end, (error as Error).message);
  } finally {
    clearTimeout(timer);
  }
  if (end < file.size) throw broken(transfer, end, "it ended");
  return end;
}

function broken({ at, file }: Transfer, end: number, reason: string): Error {
  const came = `${end} of ${file.size} bytes came; the same call goes on from there`;
  return refusal(at, `${reason}: ${came}`, file.path);
}

/** What the bytes on the disk are not. */
async function problemOf({ file, disk }: Transfer, length: number): Promise<string | undefined> {
  const { size, sha256, oid } = file;
  if (length > size) return `it must be ${size} bytes long, and is longer`;
  // What Git calls a small file is the hash of a header and the file.
  const [name, hash, required] = sha256
    ? ["SHA-256", createHash("sha256"), sha256] as const
    : ["Git hash", createHash("sha1").update(`blob ${size}\0`), oid] as const;
  const given = await digest(disk, hash);
  return given === required ? undefined : `its ${name} must be ${required}, got ${given}`;
}

async function digest(disk: Deno.FsFile, hash: Hash): Promise<string> {
  await disk.seek(0, Deno.SeekMode.Start);
  const buffer = new Uint8Array(2 ** 20);
  for (let read: number | null; (read = await disk.read(buffer)) !== null;) {
    hash.update(buffer.subarray(0, read));
  }
  return hash.digest("hex");
}
