import type { Config } from "../config.ts";
import { CONFIG_FILE } from "../files/config_keys.ts";
import { refuse } from "../files/file_error.ts";
import { fromGpt2Config } from "../files/gpt2_config.ts";
import { gpt2Naming } from "../files/gpt2_names.ts";
import { isObject } from "../files/json.ts";
import { fromLlamaConfig, fromMistralConfig } from "../files/llama_config.ts";
import { llamaNaming } from "../files/llama_names.ts";
import type { Naming } from "../files/layout.ts";

/** Models that share a `config.json` and names of tensors. */
export interface Family {
  /** The config that a parsed `config.json` stands for. */
  readConfig(json: unknown): Config;
  readonly naming: Naming;
}

const gpt2Family: Family = { readConfig: fromGpt2Config, naming: gpt2Naming };

/** By `model_type`. */
const FAMILIES: Readonly<Record<string, Family>> = {
  gpt2: gpt2Family,
  transformer_spec: gpt2Family,
  llama: { readConfig: fromLlamaConfig, naming: llamaNaming },
  mistral: { readConfig: fromMistralConfig, naming: llamaNaming },
};

/**
 * The family that a parsed `config.json` is of.
 *
 * @throws {ModelFileError} If it is of none that can be run.
 */
export function familyOf(json: unknown): Family {
  if (!isObject(json)) refuse(CONFIG_FILE, "the file", "a JSON object", json);
  const { model_type: type } = json;
  if (typeof type === "string" && Object.hasOwn(FAMILIES, type)) return FAMILIES[type];
  if (type === undefined && Object.hasOwn(json, "n_embd")) return gpt2Family;
  refuse(CONFIG_FILE, "model_type", `one of ${Object.keys(FAMILIES).join(", ")}`, type);
}
