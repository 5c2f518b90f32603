import { dirname } from "node:path";
import { type CheckpointFiles, ModelFileError } from "../../model/mod.ts";
import { weightFiles } from "../../model/checkpoint/stored_tensors.ts";
import { checkpointFolder } from "../checkpoint_folder.ts";
import { estimateOf, tooLarge } from "../verify/estimate.ts";
import { download, type DownloadOptions, isThere } from "./download.ts";
import { type At, infoOf, type ListedFile, listFiles, refusal } from "./hub.ts";
import { isCommit } from "./repository.ts";

/** A model that is in the cache. */
export interface FetchedModel {
  /** Its files, as a checkpoint's folder. */
  readonly folder: string;
  readonly commit: string;
}

/** How a model is fetched. */
export interface FetchOptions extends Pick<DownloadOptions, "patience"> {
  /** Told how far a file is. */
  readonly onProgress?: (file: ListedFile, bytes: number) => void;
}

/** What a tokenizer may be in, as far as it is there. */
const TOKENIZER = ["tokenizer.json", "tokenizer_config.json"];
const BYTE_PAIRS = ["vocab.json", "merges.txt"];

/** No file but weights is larger. */
const LARGEST = 100_000_000;

/**
 * Fetches what is needed of a model into its folder of the cache, which is as Hugging Face's own
 * tools have it: `snapshots/COMMIT/NAME` is a link to `blobs/HASH`. The weights come last, so where
 * they are everything is; a commit that is there whole is not asked for again.
 *
 * @param storage The model's folder in the cache.
 * @throws {ModelFileError} If the hub does not give it, or it is of a kind that cannot be run.
 */
export async function fetchModel(
  at: At,
  storage: string,
  options: FetchOptions = {},
): Promise<FetchedModel> {
  const snapshot = (commit: string) => `${storage}/snapshots/${commit}`;
  if (isCommit(at.revision) && await isWhole(snapshot(at.revision))) {
    return { folder: snapshot(at.revision), commit: at.revision };
  }
  const { commit, names } = await infoOf(at);
  const folder = snapshot(commit);
  if (!await isWhole(folder)) {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.mkdir(`${storage}/blobs`, { recursive: true });
    await fetchFiles({ at: { ...at, revision: commit }, names, storage, folder, options });
  }
  if (!isCommit(at.revision)) await writeReference(`${storage}/refs/${at.revision}`, commit);
  return { folder, commit };
}

/** Whether all that its weights need is in a folder. */
async function isWhole(folder: string): Promise<boolean> {
  try {
    const files = await checkpointFolder(folder);
    return files.names.includes("config.json") && (await weightFiles(files)).length > 0;
  } catch (error) {
    if (error instanceof ModelFileError) return false;
    throw error;
  }
}

interface Fetching {
  readonly at: At;
  /** What there is. */
  readonly names: readonly string[];
  readonly storage: string;
  readonly folder: string;
  readonly options: FetchOptions;
}

async function fetchFiles(fetching: Fetching): Promise<void> {
  const { at, names, folder } = fetching;
  const files: CheckpointFiles = {
    names,
    async read(name) {
      await fetchAll(fetching, [name], LARGEST);
      return Deno.readFile(`${folder}/${name}`);
    },
  };
  if (!names.includes("config.json")) {
    throw refusal(at, `it has no config.json, but ${names.slice(0, 20).join(", ") || "no file"}`);
  }
  const problem = tooLarge(await estimateOf(files));
  if (problem !== undefined) throw refusal(at, problem); // before any weight is fetched
  const weights = await weightFiles(files);
  const tokenizer = names.includes("tokenizer.json") ? TOKENIZER : [...TOKENIZER, ...BYTE_PAIRS];
  await fetchAll(fetching, tokenizer.filter((name) => names.includes(name)), LARGEST);
  await fetchAll(fetching, weights, Infinity);
}

/** Puts files into the folder that are not there. */
async function fetchAll(fetching: Fetching, names: readonly string[], most: number): Promise<void> {
  const { at, folder } = fetching;
  const there = await Promise.all(names.map((name) => isThere(`${folder}/${name}`)));
  const missing = names.filter((_, i) => !there[i]);
  if (missing.length === 0) return;
  const listed = await listFiles(at, missing);
  for (const name of missing) {
    const file = listed.get(name);
    if (!file) throw refusal(at, "the hub lists it, and says nothing of it", name);
    if (file.size > most) throw refusal(at, `it is ${file.size} bytes long, over ${most}`, name);
    await fetchOne(fetching, file);
  }
}

async function fetchOne({ at, storage, folder, options }: Fetching, file: ListedFile) {
  const { onProgress, patience } = options;
  const blob = `${storage}/blobs/${file.sha256 ?? file.oid}`;
  const onBytes = (bytes: number) => onProgress?.(file, bytes);
  if (!await isThere(blob)) await download(at, file, blob, { patience, onBytes });
  // A symbolic link would take the right to write anywhere.
  await Deno.link(blob, `${folder}/${file.path}`).catch(async () => {
    await Deno.copyFile(blob, `${folder}/${file.path}.partial`);
    await Deno.rename(`${folder}/${file.path}.partial`, `${folder}/${file.path}`);
  });
}

async function writeReference(path: string, commit: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, commit);
}
