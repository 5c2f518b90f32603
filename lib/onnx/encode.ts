import { AttributeProto, ModelProto, type Onnx } from "./proto.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Attribute, DType, Graph, Initializer, Node, Value } from "./graph.ts";

const IR_VERSION = 8;
const OPSET = 17;
const PRODUCER = "transformer-spec";
const ELEMENT = { float32: 1, int64: 7, bool: 9 } as const satisfies Record<DType, number>;

/** What a file that others are to read says of itself. */
export interface About {
  /** What it is, in a sentence or some. */
  readonly description: string;
  /** More of it for programs, by keys. */
  readonly properties: Readonly<Record<string, string>>;
}

/** How a graph is written. */
export interface EncodeOptions {
  /** What a value is called in the bytes: as in the graph unless told. */
  readonly rename?: (name: string) => string;
  /** Inputs that are to be constants instead, by their names in the graph. */
  readonly constants?: Readonly<Record<string, Tensor>>;
  /**
   * For a file of its own: what it says of itself. Its outputs have types and shapes then, as the
   * standard wants it; the runtime can do without.
   */
  readonly about?: About;
}

/**
 * The graph as the bytes of a ModelProto, with only the nodes that the outputs need.
 *
 * @throws {RangeError} If no value has the name of an output, two values that take part have one
 * name, or an attribute that must be whole is not.
 */
export function encode(
  graph: Graph,
  outputs: readonly string[],
  { rename = (name) => name, constants = {}, about }: EncodeOptions = {},
): Uint8Array<ArrayBuffer> {
  const named = <V extends Value>(value: V): V => ({ ...value, name: rename(value.name) });
  const wanted = outputs.map((name) => {
    const value = graph.find(name);
    if (!value) throw new RangeError(`Cannot output "${name}": the graph has no such value`);
    return value;
  });
  const { nodes, used } = needed(graph, wanted);
  checkNames([...used].map(named));
  const inputs = graph.inputs.filter((value) => used.has(value));
  const fixed = (name: string) => Object.hasOwn(constants, name);
  const model = ModelProto.encode({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: "", version: OPSET }],
    ...about && { producerName: PRODUCER, metadataProps: entries(about.properties) },
    graph: {
      name: "transformer",
      docString: about?.description,
      node: nodes.map((node) =>
        nodeProto({ ...node, inputs: node.inputs.map(named), output: named(node.output) })
      ),
      input: inputs.filter(({ name }) => !fixed(name)).map(named).map(valueProto),
      output: wanted.map(named).map((value) => about ? valueProto(value) : { name: value.name }),
      initializer: [
        ...graph.initializers.filter(({ value }) => used.has(value)),
        ...inputs.filter(({ name }) => fixed(name))
          .map((value) => ({ value, data: constants[value.name].data })),
      ].map(({ value, data }) => tensorProto({ value: named(value), data })),
    },
  });
  // The encoder hands out a slice of a pooled Buffer: copied, so that the bytes are our own.
  return new Uint8Array(model.finish());
}

function entries(properties: About["properties"]): Onnx.IStringStringEntryProto[] {
  return Object.entries(properties).map(([key, value]) => ({ key, value }));
}

/** The nodes on which the outputs depend, in their order, and every value that takes part. */
function needed(graph: Graph, outputs: readonly Value[]) {
  const used = new Set(outputs);
  const nodes: Node[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!used.has(node.output)) continue;
    nodes.push(node);
    node.inputs.forEach((input) => used.add(input));
  }
  return { nodes: nodes.reverse(), used };
}

/** Given names may meet those that nodes get by themselves, such as `Add_3`. */
function checkNames(values: Iterable<Value>): void {
  const seen = new Set<string>();
  for (const { name } of values) {
    if (seen.has(name)) throw new RangeError(`Cannot encode: two values have the name "${name}"`);
    seen.add(name);
  }
}

function nodeProto({ type, inputs, output, attributes }: Node): Onnx.INodeProto {
  return {
    opType: type,
    input: inputs.map(({ name }) => name),
    output: [output.name],
    attribute: Object.entries(attributes).map(([name, value]) => attributeProto(name, value)),
  };
}

function attributeProto(name: string, value: Attribute): Onnx.IAttributeProto {
  const { INT, INTS, STRING } = AttributeProto.AttributeType;
  if (typeof value === "string") return { name, type: STRING, s: new TextEncoder().encode(value) };
  const whole = [value].flat();
  if (!whole.every(Number.isSafeInteger)) {
    throw new RangeError(
      `Cannot encode the attribute ${name}: whole numbers are required, got ${value}`,
    );
  }
  if (typeof value === "number") return { name, type: INT, i: value };
  return { name, type: INTS, ints: [...value] };
}

function valueProto({ name, dtype, shape }: Value): Onnx.IValueInfoProto {
  const dim = shape.map((length) =>
    typeof length === "number" ? { dimValue: length } : { dimParam: length }
  );
  return { name, type: { tensorType: { elemType: ELEMENT[dtype], shape: { dim } } } };
}

function tensorProto({ value, data }: Initializer): Onnx.ITensorProto {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const dims = value.shape as number[];
  return { name: value.name, dataType: ELEMENT[value.dtype], dims, rawData };
}
