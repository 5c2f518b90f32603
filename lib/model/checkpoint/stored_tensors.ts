import { describe, ModelFileError, quote, refuse } from "../files/file_error.ts";
import { isObject } from "../files/json.ts";
import { openSafetensors, type StoredTensor } from "../files/safetensors.ts";
import { type CheckpointFiles, readBytes, readJsonFile } from "./files.ts";

const WEIGHTS = "model.safetensors";
const INDEX = "model.safetensors.index.json";
/** Weights that can run code when they are read, and so are not read here. */
const PICKLE = /\.(bin|pt|pth|ckpt|pkl)$/;

/**
 * All tensors of a checkpoint by their names in it: of `model.safetensors`, or of the files that
 * `model.safetensors.index.json` names.
 *
 * @param skip Tensors that are not wanted, by name.
 * @throws {ModelFileError} If there are no weights, a file is missing or not what it should be, or a
 * tensor is not where the index says, or is in two files.
 */
export async function storedTensors(
  files: CheckpointFiles,
  skip: (name: string) => boolean,
): Promise<ReadonlyMap<string, StoredTensor>> {
  const places = await weightPlaces(files);
  if (places) return sharded(files, places, skip);
  return openSafetensors(await readBytes(files, WEIGHTS), { skip, file: WEIGHTS }).tensors;
}

/**
 * The files that a checkpoint's weights are in; none but the index is read.
 *
 * @throws {ModelFileError} If there are no weights, or the index is not what it should be.
 */
export async function weightFiles(files: CheckpointFiles): Promise<string[]> {
  return [...new Set((await weightPlaces(files))?.values() ?? [WEIGHTS])];
}

/** Which file each tensor is in; nothing where they all are in one. */
async function weightPlaces(files: CheckpointFiles): Promise<Map<string, string> | undefined> {
  if (files.names.includes(WEIGHTS)) return undefined;
  if (!files.names.includes(INDEX)) throw new ModelFileError(missing(files.names));
  return weightMap(await readJsonFile(files, INDEX), files.names);
}

async function sharded(
  files: CheckpointFiles,
  places: ReadonlyMap<string, string>,
  skip: (name: string) => boolean,
): Promise<ReadonlyMap<string, StoredTensor>> {
  const all = new Map<string, StoredTensor>();
  const found = new Map<string, string>();
  for (const file of new Set(places.values())) {
    const { tensors } = openSafetensors(await readBytes(files, file), { skip, file });
    for (const [name, tensor] of tensors) {
      if (all.has(name)) {
        const both = `${quote(found.get(name)!)} and in ${quote(file)}`;
        throw new ModelFileError(`Cannot read the weights: tensor ${quote(name)} is in ${both}`);
      }
      all.set(name, tensor);
      found.set(name, file);
    }
  }
  for (const [name, file] of places) {
    if (skip(name) || found.get(name) === file) continue;
    const given = found.get(name) ?? "no file";
    refuse(INDEX, `tensor ${quote(name)}`, `in ${quote(file)}, as weight_map says`, given);
  }
  return all;
}

/** Which file each tensor is in; files must be in the folder itself. */
function weightMap(index: unknown, names: readonly string[]): Map<string, string> {
  if (!isObject(index)) refuse(INDEX, "the file", "a JSON object", index);
  const map = index.weight_map;
  if (!isObject(map)) refuse(INDEX, "weight_map", "an object from tensors to files", map);
  const known = new Set(names);
  for (const [name, file] of Object.entries(map)) {
    if (typeof file === "string" && /^[^/\\]+\.safetensors$/.test(file) && known.has(file)) {
      continue;
    }
    const required = "a .safetensors file of the same folder that is there";
    refuse(INDEX, `weight_map ${quote(name)}`, required, file);
  }
  return new Map(Object.entries(map as Record<string, string>));
}

function missing(names: readonly string[]): string {
  const required = `Cannot read the weights: ${WEIGHTS} or ${INDEX} is required`;
  const pickle = names.find((name) => PICKLE.test(name));
  if (pickle === undefined) return `${required}, got ${describe(names.join(", ") || "no file")}`;
  return `${required}, got ${
    quote(pickle)
  }, a pickle, which can run code as it is read. Where you ` +
    `trust it, convert it in Python: ${conversion(pickle)}`;
}

/** Python that writes `model.safetensors` from a pickle of Hugging Face's, or of minGPT or nanoGPT. */
function conversion(pickle: string): string {
  if (pickle.startsWith("pytorch_model")) {
    return "from transformers import AutoModelForCausalLM as M; " +
      'M.from_pretrained(".").save_pretrained(".")';
  }
  return "import torch; from safetensors.torch import save_file; " +
    `x = torch.load(${quote(pickle)}, "cpu", weights_only=True); x = x.get("model", x); ` +
    'linear = ("c_attn.weight", "c_proj.weight", "c_fc.weight"); ' +
    'save_file({k.removeprefix("_orig_mod."): (v.t() if k.endswith(linear) else v).clone()' +
    `.contiguous() for k, v in x.items()}, "${WEIGHTS}", {"format": "pt"}) ` +
    "(minGPT and nanoGPT keep matrices on their side), and write a config.json beside it";
}
