import { ModelProto, type Onnx } from "./proto.ts";

/** What a serialized model says of itself. */
export interface ModelSummary {
  /** Operations in order, with the names that they read and write. */
  readonly nodes: readonly { type: string; inputs: string[]; outputs: string[] }[];
  /** Stored tensors by name, with their shapes. */
  readonly initializers: Readonly<Record<string, readonly number[]>>;
  /** Inputs by name, with their shapes; an axis that a run decides has a name. */
  readonly inputs: Readonly<Record<string, readonly (number | string)[]>>;
  /** Outputs by name. */
  readonly outputs: readonly string[];
  /** The version of the standard operators. */
  readonly opset: number;
}

/**
 * Reads a serialized ONNX model back.
 *
 * @throws {SyntaxError} If the bytes are not a ModelProto with a graph.
 */
export function decode(bytes: Uint8Array): ModelSummary {
  const { graph, opsetImport } = parse(bytes);
  return {
    nodes: (graph.node ?? []).map(({ opType, input, output }) => ({
      type: opType ?? "",
      inputs: input ?? [],
      outputs: output ?? [],
    })),
    initializers: Object.fromEntries(
      (graph.initializer ?? []).map(({ name, dims }) => [name, (dims ?? []).map(Number)]),
    ),
    inputs: Object.fromEntries((graph.input ?? []).map((input) => [input.name, dimsOf(input)])),
    outputs: (graph.output ?? []).map(({ name }) => name ?? ""),
    opset: Number(opsetImport?.find(({ domain }) => !domain)?.version ?? 0),
  };
}

function parse(bytes: Uint8Array): Onnx.IModelProto & { graph: Onnx.IGraphProto } {
  try {
    const model = ModelProto.decode(bytes);
    if (model.graph) return model as Onnx.IModelProto & { graph: Onnx.IGraphProto };
  } catch (cause) {
    throw new SyntaxError("Cannot read an ONNX model: the bytes are not a ModelProto", { cause });
  }
  throw new SyntaxError("Cannot read an ONNX model: a graph is required, got none");
}

function dimsOf(input: Onnx.IValueInfoProto): (number | string)[] {
  const dims = input.type?.tensorType?.shape?.dim ?? [];
  return dims.map(({ dimParam, dimValue }) => dimParam ? dimParam : Number(dimValue));
}
