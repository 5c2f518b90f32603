/// <reference lib="dom" />
import type { Files } from "../messages.ts";
import { packFile } from "../pack.ts";

/** Packs that scripts beside the page have laid out: files in base64, compressed. */
const laidOut = globalThis as { packs?: Record<string, Record<string, string>> };

/**
 * Loads a pack of files that lies beside the page as a script.
 *
 * @throws {Error} If it is not there, or is damaged.
 */
export async function loadPack(name: string): Promise<Files> {
  const file = packFile(name);
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

/** By the browser itself where it can: a loop takes a second for the runtime alone. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const { fromBase64 } = Uint8Array as Partial<typeof Uint8Array>; // not in every browser yet
  if (fromBase64) return fromBase64.call(Uint8Array, base64);
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

async function unpacked(base64: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
