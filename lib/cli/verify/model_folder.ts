import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fetchApart } from "../hub/fetch_apart.ts";
import { type Env, isRepositoryId, repository } from "../hub/repository.ts";
import type { Job } from "./job.ts";
import type { VerifyOptions } from "./options.ts";

/**
 * Where the model is that was asked for. One that is in no folder, or is wanted at a revision, is
 * fetched from the hub, and called by its commit, too.
 *
 * @throws {Error} If it could not be fetched.
 */
export async function modelFolder(
  { model, revision }: Pick<VerifyOptions, "model" | "revision">,
  root: URL,
  env?: Env,
): Promise<Pick<Job, "folder" | "name">> {
  const folder = resolve(fileURLToPath(root), model);
  const isThere = await Deno.stat(folder).then(() => true, () => false);
  if (revision === undefined && (isThere || !isRepositoryId(model))) return { folder };
  const { commit, ...fetched } = await fetchApart(repository(model, revision), env);
  return { folder: fetched.folder, name: `${model} at ${commit.slice(0, 12)}` };
}
