import type { Tensor } from "../../tensor/tensor.ts";
import type { Weights } from "../params.ts";

/** Anything that is made of a name, a config and weights: a transformer, or a toy autoencoder. */
export interface AnyModel<C = unknown> {
  /** What reports and errors call it. */
  readonly name: string;
  /** Its shape. */
  readonly config: C;
  /** Its parameters by name. */
  readonly weights: Weights;
}

/** How models of one kind lie in their two files, `config.json` and `model.safetensors`. */
export interface Format<M extends AnyModel> {
  /** The config that a parsed `config.json` stands for. */
  readConfig(json: unknown): M["config"];
  /** The inverse: what `config.json` says, for `JSON.stringify`. */
  writeConfig(config: M["config"]): Readonly<Record<string, unknown>>;
  /** The model of this config whose weights are the file's. */
  read(name: string, config: M["config"], safetensors: Uint8Array): M;
  /** The inverse: the tensors of the file, by their names in it. */
  write(model: M): Readonly<Record<string, Tensor>>;
}
