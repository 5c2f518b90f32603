import { ModelProto } from "../proto.ts";

/** For tests: what a serialized model says of itself. */
export function decode(bytes: Uint8Array) {
  const { graph, opsetImport } = ModelProto.decode(bytes);
  const { node, input, output, initializer } = graph!;
  return {
    /** Operations in order, with the names that they read and write. */
    nodes: node!.map(({ opType, input, output }) => ({
      type: opType!,
      inputs: input!,
      outputs: output!,
    })),
    /** Stored tensors by name, with their shapes. */
    initializers: Object.fromEntries(
      initializer!.map(({ name, dims }) => [name, dims!.map(Number)]),
    ),
    /** Inputs by name, with their shapes; an axis that a run decides has a name. */
    inputs: Object.fromEntries(input!.map(({ name, type }) => {
      const dims = type!.tensorType!.shape!.dim!;
      return [name, dims.map(({ dimParam, dimValue }) => dimParam || Number(dimValue))];
    })),
    outputs: output!.map(({ name }) => name!),
    opset: Number(opsetImport?.find(({ domain }) => !domain)?.version),
  };
}
