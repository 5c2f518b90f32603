/**
 * Writes a file so that at every moment either the old one or the new one is there, whole: under
 * another name first, onto the disk, and only then under its own.
 *
 * @throws {Error} If the disk is full or may not be written to; the old file is then untouched.
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const partial = `${path}.partial`;
  try {
    using file = await Deno.open(partial, { write: true, create: true, truncate: true });
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.sync(); // a rename may reach the disk before what was written
  } catch (error) {
    await Deno.remove(partial).catch(() => {});
    throw error;
  }
  await Deno.rename(partial, path);
}
