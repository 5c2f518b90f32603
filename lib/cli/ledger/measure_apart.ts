import { familyOf } from "../../model/checkpoint/families.ts";
import { readJsonFile } from "../../model/checkpoint/files.ts";
import { sha256 } from "../../model/files/sha256.ts";
import { ModelFileError } from "../../model/mod.ts";
import type { FilledLedger } from "../../report/mod.ts";
import { checkpointFolder } from "../checkpoint_folder.ts";
import { readable } from "../readable.ts";
import { isOf, type Ledger } from "./ledger.ts";

const WEIGHTS = "model.safetensors";

/** The modules that have a ledger each as their default, from the project's root. */
const LEDGERS = ["lib/cli/ledger/gpt2_small.ts"];

/**
 * Measures what others have published of the model in a folder, in a process of its own that may
 * read the project and that folder. Nothing comes of a model that no ledger is of.
 *
 * @throws {ModelFileError} If the model cannot be read, or the process ended before it was done.
 */
export async function measureApart(
  root: URL,
  folder: string,
  modules: readonly string[] = LEDGERS,
): Promise<FilledLedger | undefined> {
  const files = await checkpointFolder(folder);
  const json = await readJsonFile(files, "config.json");
  const config = familyOf(json).readConfig(json);
  const weights = async () =>
    files.names.includes(WEIGHTS) ? await sha256(await files.read(WEIGHTS)) : "";
  for (const module of modules) {
    const { default: ledger }: { default: Ledger } = await import(new URL(module, root).href);
    if (await isOf(ledger, config, weights)) return await measure(root, module, folder);
  }
}

async function measure(root: URL, module: string, folder: string): Promise<FilledLedger> {
  const script = "lib/cli/ledger/measure_here.ts";
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-check", readable(root, [folder]), script, module, folder],
    cwd: root,
    env: { NO_COLOR: "1", FORCE_COLOR: "" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (code === 0) return JSON.parse(new TextDecoder().decode(stdout));
  throw new ModelFileError(`Cannot measure ${folder}: ${new TextDecoder().decode(stderr).trim()}`);
}
