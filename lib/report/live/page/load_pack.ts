import type { Files } from "../messages.ts";

/** Packs that scripts beside the page have laid out: files in base64, compressed. */
const laidOut = globalThis as { packs?: Record<string, Record<string, string>> };

/**
 * Loads a pack of files that lies beside the page as a script.
 *
 * @throws {Error} If it is not there, or is damaged.
 */
export async function loadPack(name: string): Promise<Files> {
  const file = `live/${name.replaceAll("/", "-")}.js`;
  await loadScript(file);
  const pack = laidOut.packs?.[name];
  if (!pack) throw new Error(`${file} does not hold what it should`);
  delete laidOut.packs![name]; // Whoever asked has it.
  const files = Object.entries(pack).map(async ([path, text]) => [path, await unpacked(text)]);
  return Object.fromEntries(await Promise.all(files));
}

function loadScript(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src });
    script.onload = () => resolve(script.remove());
    script.onerror = () => reject(new Error(`${src} is missing beside this page`));
    document.head.append(script);
  });
}

async function unpacked(base64: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
