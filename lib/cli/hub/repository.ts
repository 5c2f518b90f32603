import { isAbsolute, join } from "node:path";

/** A model at a hub, at some revision. */
export interface Repository {
  /** Its owner and its name: `openai-community/gpt2`. */
  readonly id: string;
  /** A branch, a tag or a commit. */
  readonly revision: string;
}

/** Whether a text can be the name of a model at a hub: an owner and a name, and nothing of a path. */
export function isRepositoryId(text: string): boolean {
  return /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/.test(text) && !/\.\.|--/.test(text);
}

/** Whether a revision is a commit, which stays what it is. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}

/**
 * A model at a hub by what a reader typed.
 *
 * @throws {RangeError} If that could lead anywhere else than into the model's own folder.
 */
export function repository(id: string, revision = "main"): Repository {
  if (!isRepositoryId(id)) {
    throw new RangeError(`Cannot fetch "${id}": OWNER/NAME is required, as openai-community/gpt2`);
  }
  const parts = revision.split("/");
  if (!parts.every((part) => /^[\w.-]+$/.test(part) && !/^\.|\.\./.test(part))) {
    const required = "a branch, a tag or a commit is required";
    throw new RangeError(`Cannot fetch ${id} at "${revision}": ${required}`);
  }
  return { id, revision };
}

/** The variables of the environment that say where the hub and its cache are. */
export const VARIABLES = [
  "HF_ENDPOINT",
  "HF_HUB_CACHE",
  "HF_HOME",
  "XDG_CACHE_HOME",
  "HOME",
  "USERPROFILE",
];

/** The environment: what a variable says, if it is set. */
export type Env = (variable: string) => string | undefined;

/** Where fetched models are kept: where Hugging Face's own tools keep them, which then share them. */
export function cacheFolder(env: Env): string {
  const under = (variable: string, ...path: string[]) => {
    const folder = env(variable);
    return folder && isAbsolute(folder) ? join(folder, ...path) : undefined;
  };
  const folder = under("HF_HUB_CACHE") ?? under("HF_HOME", "hub") ??
    under("XDG_CACHE_HOME", "huggingface", "hub") ??
    under("HOME", ".cache", "huggingface", "hub") ??
    under("USERPROFILE", ".cache", "huggingface", "hub");
  if (folder !== undefined) return folder;
  throw new RangeError("Cannot keep a model: set HF_HOME to the whole path of a folder");
}

/** The folder of one model in the cache. */
export function storageOf({ id }: Pick<Repository, "id">, cache: string): string {
  return join(cache, `models--${id.replace("/", "--")}`);
}

const HUB = "https://huggingface.co";

/**
 * The hub's address, without a slash at its end: Hugging Face's, or what HF_ENDPOINT says.
 *
 * @throws {RangeError} If that is no address of the web.
 */
export function hubAddress(env: Env): string {
  const given = env("HF_ENDPOINT") || HUB;
  const { protocol = "", origin = "", pathname = "" } = URL.parse(given) ?? {};
  if (/^https?:$/.test(protocol)) return `${origin}${pathname}`.replace(/\/+$/, "");
  throw new RangeError(`Bad HF_ENDPOINT: an address of the web is required, got "${given}"`);
}

/** The hosts that are asked: the hub itself and, of Hugging Face's, those that its files lie on. */
export function hostsOf(hub: string): string[] {
  const { host } = new URL(hub);
  return hub === HUB ? [host, `*.${host}`, "*.hf.co"] : [host];
}
