import { fileURLToPath } from "node:url";

/**
 * Writes a file so that at every moment either the old one or the new one is there, whole: under
 * another name first, onto the disk, and only then under its own.
 *
 * @throws {Error} If the disk is full or may not be written to; the old file is then untouched.
 */
export async function writeWhole(path: URL, content: Uint8Array | string): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  // A name of its own: somebody else may be writing the same file.
  const partial = new URL(`${path.href}.${crypto.randomUUID()}.partial`);
  try {
    await writeToDisk(partial, bytes);
    await Deno.rename(partial, path);
  } catch (cause) {
    await Deno.remove(partial).catch(() => {}); // it may not even have been made
    const { message } = cause as Error;
    throw new Error(`Cannot write ${fileURLToPath(path)}: ${message}`, { cause });
  }
}

async function writeToDisk(path: URL, bytes: Uint8Array): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
  await file.sync(); // a rename may reach the disk before what was written
}
