/**
 * `deno task export`: a model as one ONNX file, for whatever reads that.
 *
 * The task may write wherever the reader says, and runs no model.
 */
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "@std/cli/parse-args";
import { loadFixture } from "../../fixtures/fixture.ts";
import { transformers } from "../../fixtures/models/index.ts";
import { gpt2, type Model, ModelFileError, onnxFile, openCheckpoint } from "../model/mod.ts";
import { checkpointFolder } from "./checkpoint_folder.ts";
import { writeWhole } from "./fixtures/whole_file.ts";
import { here, type Place } from "./place.ts";

const USAGE = `usage: deno task export NAME --onnx=FILE

Writes a model as an ONNX file that needs nothing of this project: the graph that runs here with its
weights, tokens in, logits and every hook out, named as TransformerLens names them.

  NAME         one of our models, such as rotary/1 (deno task train --list names them), or a
               Hugging Face folder: config.json, model.safetensors or shards with an index
  --onnx=FILE  where to write it
  --help       this text

Paths start from the project's folder. A file can be no larger than 2.1 GB.`;

/** What the command was asked for. */
interface ExportOptions {
  readonly name: string;
  readonly onnx: string;
}

/** The command: what it exits with. */
export async function exportCommand(args: readonly string[], place: Place): Promise<number> {
  const { screen, complain, root } = place;
  try {
    const options = readOptions(args);
    screen.write(`${options ? await exportTo(options, root) : USAGE}\n`);
    return 0;
  } catch (error) {
    complain((error as Error).message);
    return 2;
  }
}

/** What was asked for; nothing where that is help. */
function readOptions(args: readonly string[]): ExportOptions | undefined {
  const { _: names, help, onnx = "", ...unknown } = parseArgs([...args], {
    boolean: ["help"],
    string: ["onnx", "_"],
  });
  if (help) return undefined;
  const [option] = Object.keys(unknown);
  if (option !== undefined) throw new RangeError(`There is no option "${option}": see --help`);
  if (names.length !== 1) {
    const given = names.join(", ") || "none";
    throw new RangeError(`Cannot export: one model is required, got ${given}: see --help`);
  }
  if (onnx === "") throw new RangeError("Where to? --onnx needs a file");
  return { name: String(names[0]), onnx };
}

/** Writes it: what is to be said of it. */
async function exportTo({ name, onnx }: ExportOptions, root: URL): Promise<string> {
  const path = (given: string) => resolve(fileURLToPath(root), given);
  const bytes = onnxFile(await modelOf(name, path(name)));
  await writeWhole(pathToFileURL(path(onnx)), bytes);
  return `${onnx}: ${(bytes.length / 1e6).toFixed(1)} MB, ${name} with its hooks`;
}

async function modelOf(name: string, folder: string): Promise<Model> {
  if (Object.hasOwn(transformers, name)) {
    return await loadFixture(transformers[name as keyof typeof transformers], gpt2);
  }
  try {
    return (await openCheckpoint(await checkpointFolder(folder), { folder, name })).model;
  } catch (cause) {
    if (!(cause instanceof ModelFileError)) throw cause;
    const message = `"${name}" is none of our models, and no folder of one: ${cause.message}`;
    throw new ModelFileError(message, { cause });
  }
}

if (import.meta.main) Deno.exit(await exportCommand(Deno.args, here()));
