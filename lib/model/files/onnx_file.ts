import { encode } from "../../onnx/mod.ts";
import { parameterCount } from "../count.ts";
import { buildGraph } from "../graph/build.ts";
import { hooksOf } from "../hooks.ts";
import type { Model } from "../model.ts";
import { ModelFileError } from "./file_error.ts";

/** A protobuf message, which an ONNX file is, can be no larger; weights beside it are not written. */
const LARGEST = 2 ** 31 - 1;

/** What the graph and its names may take besides the weights. */
const GRAPH = 2 ** 24;

/**
 * A model as an ONNX file (opset 17) that needs nothing of this project: its graph as it runs here,
 * rewrites included, with the weights in it under TransformerLens's names. The input is `tokens`,
 * int64 [batch, pos]; the outputs are `logits` and every hook, of which a run fetches what it wants.
 *
 * @throws {ModelFileError} If the weights are more than one file can hold.
 */
export function onnxFile(model: Model): Uint8Array<ArrayBuffer> {
  const { name, config } = model;
  const bytes = 4 * parameterCount(config).total;
  if (bytes + GRAPH > LARGEST) {
    const given = `its weights are ${(bytes / 1e9).toFixed(1)} GB`;
    throw new ModelFileError(`Cannot write ${name} as ONNX: a file ends at 2.1 GB, and ${given}`);
  }
  const hooks = hooksOf(config).map((hook) => hook.name).filter((hook) => hook !== "logits");
  return encode(buildGraph(model), ["logits", ...hooks], {
    about: {
      description: described(model),
      properties: { model: name, config: JSON.stringify(config) },
    },
  });
}

function described({ name, rewrites }: Model): string {
  const changed = rewrites.length === 0 ? "" : `, with ${rewrites.length} rewrites`;
  return `The transformer ${name}${changed}: tokens to logits, and to every hook on the way, ` +
    "named as TransformerLens names them. The logits at a position are of the token after it.";
}
