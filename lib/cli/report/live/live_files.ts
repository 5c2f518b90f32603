import type { Document } from "../../../report/mod.ts";
import type { Recorded } from "../../../report/live/messages.ts";
import { fileAt, filesIn, readIfThere } from "../../files_in.ts";
import { bundlePage, bundleWorker } from "./bundle.ts";
import { type Contents, packFile, packScript } from "../../../report/live/pack.ts";

/**
 * What a page loads to run its claims, by path in the report's folder: the code, the runtime, each
 * model, and what the report has of each question.
 *
 * @param draft A folder to work in, in which nothing is kept.
 */
export async function liveFiles(
  root: URL,
  draft: URL,
  { questions }: Pick<Document, "questions">,
): Promise<Map<string, string>> {
  // A project without these has nothing that a page could run.
  if (!await readIfThere(fileAt(root, "fixtures/live.ts"))) return new Map();
  const worker = await bundleWorker(root, draft, questions.map(({ file }) => file));
  const packs: [name: string, contents: Contents][] = [
    ["worker", { "worker.js": bytesOf(worker) }],
    ["runtime", { "runtime.wasm": await runtime() }],
    ...await modelPacks(root),
    ...questions.map((question): [string, Contents] => [
      `record/${question.page.replace(".html", "")}`,
      { "record.json": bytesOf(JSON.stringify(recorded(question))) },
    ]),
  ];
  const files = new Map([["live/page.js", await bundlePage(root)]]);
  for (const [name, contents] of packs) {
    files.set(packFile(name), await packScript(name, contents));
  }
  return files;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function runtime(): Promise<Uint8Array<ArrayBuffer>> {
  const wasm = import("onnxruntime-web/ort-wasm-simd-threaded.wasm", { with: { type: "bytes" } });
  return (await wasm).default;
}

/** The files of every model, a pack for each. */
async function modelPacks(root: URL): Promise<[string, Contents][]> {
  const found = (await filesIn(root, "fixtures/models/")).map(({ path }) => path);
  const ofModels = found.filter((path) => /\/(card|config)\.json$|\.safetensors$/.test(path));
  const byFolder = Map.groupBy(ofModels, (path) => folderOf(path));
  return await Promise.all(
    [...byFolder].map(async ([folder, paths]): Promise<[string, Contents]> => [
      folder,
      Object.fromEntries(
        await Promise.all(
          paths.map(async (path) =>
            [path.replace("fixtures/", ""), await Deno.readFile(fileAt(root, path))] as const
          ),
        ),
      ),
    ]),
  );
}

/** "fixtures/models/gpt/card.json" lies in "models/gpt". */
function folderOf(path: string): string {
  return path.slice("fixtures/".length, path.lastIndexOf("/"));
}

function recorded({ claims }: Document["questions"][number]): Recorded {
  return Object.fromEntries(claims.map(({ id, runs, figures }) => [
    id,
    { runs: runs.map(({ model, control, evidence }) => ({ model, control, evidence })), figures },
  ]));
}
