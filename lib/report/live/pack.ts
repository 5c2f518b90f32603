/** Files by their path. */
export type Contents = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

/**
 * Files as a classic script, which a page may load where it may not fetch: from the reader's disk.
 * Each is compressed and written in base64 under its path, below the name of the pack.
 */
export async function packScript(name: string, contents: Contents): Promise<string> {
  const files = await Promise.all(
    Object.entries(contents).map(async ([path, bytes]) => [path, await packed(bytes)] as const),
  );
  const row = `[${JSON.stringify(name)}] = ${JSON.stringify(Object.fromEntries(files))}`;
  return `(self.packs ??= {})${row};\n`;
}

async function packed(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer()).toBase64();
}

/** The file that holds a pack: "live/models-gpt.js". */
export function packFile(name: string): string {
  return `live/${name.replaceAll("/", "-")}.js`;
}
