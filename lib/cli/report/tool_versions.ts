import type { Tool } from "../../report/mod.ts";
import { fileAt, filesIn } from "../files_in.ts";

/** The versions of what ran the claims, the runtime's as pinned in deno.json. */
export async function toolVersions(root: URL): Promise<Required<Tool>> {
  const config = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const pinned = /@(\d[^/]*)/.exec(config.imports?.["onnxruntime-web"] ?? "");
  return {
    deno: Deno.version.deno,
    onnxruntime: pinned?.[1] ?? "unknown",
    spec: await specVersion(root),
  };
}

/** What questions are asked with. Weights are there by the cards, which hold their hashes. */
const FOLDERS = ["spec/", "lib/", "fixtures/"];

/** How much of a hash tells versions apart, in hexadecimal digits. */
const DIGITS = 16;

/** A hash of all code and data that the answers hang on: the same on every machine. */
async function specVersion(root: URL): Promise<string> {
  const found = await Promise.all(FOLDERS.map((folder) => filesIn(root, folder)));
  const paths = found.flat().map(({ path }) => path).filter((path) => /\.(ts|json)$/.test(path));
  const hashes = await Promise.all(
    ["deno.json", ...paths].map(async (path) =>
      `${path} ${await sha256(await Deno.readFile(fileAt(root, path)))}`
    ),
  );
  return (await sha256(new TextEncoder().encode(hashes.join("\n")))).slice(0, DIGITS);
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
