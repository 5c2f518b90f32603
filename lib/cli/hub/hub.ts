/**
 * What is needed of a hub: three kinds of request. Hugging Face's client would be twelve packages
 * and 12 MB for whoever runs anything here, since Deno fetches all that the lock file names.
 */
import { ModelFileError } from "../../model/mod.ts";
import { isObject } from "../../model/files/json.ts";
import { isCommit, type Repository } from "./repository.ts";

/** A file as the hub lists it. */
export interface ListedFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Its SHA-256, in hexadecimal digits; small files have none. */
  readonly sha256?: string;
  /** What Git calls it: the SHA-1 of a header and the file. */
  readonly oid: string;
}

/** A model at the hub at this address, which ends in no slash. */
export interface At extends Repository {
  readonly hub: string;
}

/** A model as it is at a revision now. */
export interface ModelInfo {
  readonly commit: string;
  /** Its files, less those in folders. */
  readonly names: readonly string[];
}

/**
 * What a revision is now.
 *
 * @throws {ModelFileError} If the hub has no such model, does not show it, or cannot be reached.
 */
export async function infoOf(at: At): Promise<ModelInfo> {
  const revision = encodeURIComponent(at.revision);
  const json = await jsonOf(
    at,
    await asked(at, `${at.hub}/api/models/${at.id}/revision/${revision}`),
  );
  const { sha, siblings } = isObject(json) ? json : {};
  if (typeof sha !== "string" || !isCommit(sha) || !Array.isArray(siblings)) {
    throw refusal(at, "its answer must name a commit and its files, and does not");
  }
  const names: unknown[] = siblings.map((file) => isObject(file) ? file.rfilename : undefined);
  return { commit: sha, names: names.filter(isPlainName) };
}

/** Whether it can only be a file of the folder itself. */
function isPlainName(name: unknown): name is string {
  return typeof name === "string" && /^[\w-][\w.-]*$/.test(name);
}

/**
 * Which of some files there are at a commit; nothing else that the hub may answer counts.
 *
 * @throws {ModelFileError} If the hub does not say it as it must.
 */
export async function listFiles(
  at: At,
  paths: readonly string[],
): Promise<Map<string, ListedFile>> {
  const answer = await asked(at, `${at.hub}/api/models/${at.id}/paths-info/${at.revision}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ paths }),
  });
  const json = await jsonOf(at, answer);
  if (!Array.isArray(json)) throw refusal(at, "its answer must be a list of files");
  const files = json.filter((entry) => isObject(entry) && paths.includes(entry.path as string));
  return new Map(files.map((entry) => [entry.path, listed(at, entry)]));
}

function listed(at: At, { path, size, oid, lfs }: Record<string, unknown>): ListedFile {
  const large = isObject(lfs) ? { size: lfs.size, sha256: lfs.oid } : { size };
  const file = { path, oid, ...large } as ListedFile;
  const digits = (text: unknown, count: number) =>
    new RegExp(`^[0-9a-f]{${count}}$`).test(`${text}`);
  const whole = Number.isSafeInteger(file.size) && file.size >= 0 && digits(oid, 40) &&
    (!("sha256" in large) || digits(large.sha256, 64));
  if (whole) return file;
  throw refusal(at, `its answer must say the size and the hash of ${path}, and does not`);
}

/** The bytes of a file from some place on, as they come. The server may give all of them instead. */
export function requestFile(
  at: At,
  path: string,
  from: number,
  signal: AbortSignal,
): Promise<Response> {
  const address = `${at.hub}/${at.id}/resolve/${at.revision}/${encodeURIComponent(path)}`;
  const headers: HeadersInit = from > 0 ? { Range: `bytes=${from}-` } : {};
  return asked(at, address, { headers, signal }, path);
}

async function asked(at: At, address: string, init: RequestInit = {}, path?: string) {
  let answer: Response;
  try {
    answer = await fetch(address, init);
  } catch (error) {
    throw refusal(at, (error as Error).message, path);
  }
  if (answer.ok) return answer;
  await answer.body?.cancel();
  throw refusal(at, meaningOf(answer.status, at, path), path);
}

function meaningOf(status: number, { id, revision }: At, path?: string): string {
  if (status === 401 || status === 403) {
    return `${status}: there is no ${id}, or it asks for an account; ` +
      "fetch it with that, and give its folder";
  }
  if (status === 404) return `404: there is no ${path ?? id} at ${revision}`;
  return `it answers ${status}`;
}

async function jsonOf(at: At, answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch (error) {
    throw refusal(at, `its answer must be JSON: ${(error as Error).message}`);
  }
}

/** What went wrong with which model, where. */
export function refusal({ hub, id }: At, reason: string, path?: string): ModelFileError {
  const what = path === undefined ? id : `${path} of ${id}`;
  return new ModelFileError(`Cannot fetch ${what} from ${new URL(hub).host}: ${reason}`);
}
