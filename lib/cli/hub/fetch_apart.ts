import { fileURLToPath } from "node:url";
import { ModelFileError } from "../../model/mod.ts";
import type { FetchedModel } from "./fetch_model.ts";
import type { At } from "./hub.ts";
import {
  cacheFolder,
  type Env,
  hostsOf,
  hubAddress,
  type Repository,
  storageOf,
} from "./repository.ts";

/** What the process that fetches is told, as its one argument. */
export interface FetchJob {
  readonly at: At;
  /** The model's folder in the cache. */
  readonly storage: string;
}

/** What it says at the end, as JSON. */
export type FetchOutcome = FetchedModel | { readonly refused: string };

/**
 * Fetches a model in a process of its own, which may reach the hub, read and write the model's
 * folder in the cache, and nothing else. How far it is it says on the standard error itself.
 *
 * @throws {ModelFileError} If it could not be fetched.
 */
export async function fetchApart(
  repository: Repository,
  env: Env = Deno.env.get,
): Promise<FetchedModel> {
  const hub = hubAddress(env);
  const storage = storageOf(repository, cacheFolder(env));
  if (storage.includes(",")) {
    const why = "Deno cannot be told to write to a path with a comma in it";
    throw new ModelFileError(`Cannot keep a model in ${storage}: ${why}: set HF_HOME to another`);
  }
  const rights = [
    `--allow-net=${hostsOf(hub)}`,
    `--allow-read=${storage}`,
    `--allow-write=${storage}`,
  ];
  const script = fileURLToPath(new URL("fetch_here.ts", import.meta.url));
  const job: FetchJob = { at: { ...repository, hub }, storage };
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...rights, script, JSON.stringify(job)],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).output();
  const said = new TextDecoder().decode(stdout);
  if (said === "") throw new ModelFileError(`Cannot fetch ${repository.id}: it ended with ${code}`);
  const outcome: FetchOutcome = JSON.parse(said);
  if ("refused" in outcome) throw new ModelFileError(outcome.refused);
  return outcome;
}
