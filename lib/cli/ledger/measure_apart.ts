import { familyOf } from "../../model/checkpoint/families.ts";
import { readJsonFile } from "../../model/checkpoint/files.ts";
import { sha256 } from "../../model/files/sha256.ts";
import { ModelFileError } from "../../model/mod.ts";
import type { FilledLedger } from "../../report/mod.ts";
import { checkpointFolder } from "../checkpoint_folder.ts";
import { onRuntime } from "../on_runtime.ts";
import { readable } from "../readable.ts";
import type { Job } from "../verify/job.ts";
import { isOf, type Ledger } from "./ledger.ts";

const WEIGHTS = "model.safetensors";

/** The modules that have a ledger each as their default, from the project's root. */
const LEDGERS = ["lib/cli/ledger/gpt2_small.ts"];

/**
 * Measures what others have published of the model in a folder, in a process of its own that may
 * read the project and that folder, on the runtime that was asked for. Nothing comes of a model that
 * no ledger is of.
 *
 * @throws {ModelFileError} If the model cannot be read, or the process ended before it was done.
 */
export async function measureApart(
  root: URL,
  job: Pick<Job, "folder" | "runtime">,
  modules: readonly string[] = LEDGERS,
): Promise<FilledLedger | undefined> {
  const { folder } = job;
  const files = await checkpointFolder(folder);
  const json = await readJsonFile(files, "config.json");
  const config = familyOf(json).readConfig(json);
  const weights = async () =>
    files.names.includes(WEIGHTS) ? await sha256(await files.read(WEIGHTS)) : "";
  for (const module of modules) {
    const { default: ledger }: { default: Ledger } = await import(new URL(module, root).href);
    if (await isOf(ledger, config, weights)) return await measure(root, module, job);
  }
}

async function measure(
  root: URL,
  module: string,
  { folder, runtime }: Pick<Job, "folder" | "runtime">,
): Promise<FilledLedger> {
  const rights = ["--no-prompt", "--no-check", readable(root, [folder]), ...onRuntime(runtime)];
  const script = "lib/cli/ledger/measure_here.ts";
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...rights, script, module, folder],
    cwd: root,
    env: { NO_COLOR: "1", FORCE_COLOR: "" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (code === 0) return JSON.parse(new TextDecoder().decode(stdout));
  throw new ModelFileError(`Cannot measure ${folder}: ${new TextDecoder().decode(stderr).trim()}`);
}
