import type { Tensor } from "../tensor/tensor.ts";
import type { Attribute, DType, Initializer, Node, Value } from "./node.ts";
import type { Shape } from "./shapes.ts";

/** What a graph is made of, before any operation is known: inputs, constants, nodes and names. */
export class GraphBase {
  /** What each run must feed, in order. */
  readonly inputs: Value[] = [];
  /** Weights and constants. */
  readonly initializers: Initializer[] = [];
  /** Every operation, each after those that it reads. */
  readonly nodes: Node[] = [];
  readonly #named = new Map<string, Value>();
  readonly #unnamed = new Set<Value>();
  readonly #constants = new Map<string, Value>();

  /** An input that each run must feed. */
  input(name: string, dtype: DType, shape: Shape): Value {
    const value = this.#claim(name, { name, dtype, shape });
    this.inputs.push(value);
    return value;
  }

  /** A tensor stored in the graph under its own name: a weight. */
  initializer(name: string, tensor: Tensor): Value {
    const value = this.#claim(name, { name, dtype: "float32", shape: tensor.shape });
    this.initializers.push({ value, data: tensor.data });
    return value;
  }

  /** A constant float: a number, or a tensor. */
  constant(content: number | Tensor): Value {
    if (typeof content !== "number") return this.#store("float32", content.shape, content.data);
    const key = Object.is(content, -0) ? "-0" : `${content}`;
    return this.#once(`f${key}`, () => this.#store("float32", [], Float32Array.of(content)));
  }

  /** Constant integers, as shapes and indices want them: a list, or a single number. */
  integers(content: number | readonly number[]): Value {
    const list = typeof content === "number" ? [content] : content;
    const shape = typeof content === "number" ? [] : [list.length];
    const data = BigInt64Array.from(list, BigInt);
    return this.#once(`i${JSON.stringify(content)}`, () => this.#store("int64", shape, data));
  }

  /** Any operation, with the shape and the element type that its result will have. */
  op(
    type: string,
    inputs: readonly Value[],
    shape: Shape,
    attributes: Record<string, Attribute> = {},
    dtype: DType = inputs[0].dtype,
  ): Value {
    const output: Value = { name: `${type}_${this.nodes.length}`, dtype, shape };
    this.nodes.push({ type, inputs, output, attributes });
    this.#unnamed.add(output);
    return output;
  }

  /**
   * Gives a value a name by which a run can ask for it. A value that has one already, an input or a
   * constant gets it through a copy.
   *
   * @returns What now has the name: go on with this one.
   * @throws {RangeError} If the name is taken.
   */
  name(value: Value, name: string): Value {
    this.#checkFree(name);
    const named = this.#unnamed.has(value) ? value : this.op("Identity", [value], value.shape);
    this.#unnamed.delete(named);
    named.name = name;
    return this.#claim(name, named);
  }

  /** The value of that name, if there is one. */
  find(name: string): Value | undefined {
    return this.#named.get(name);
  }

  /**
   * The value of that name.
   *
   * @throws {RangeError} If there is none.
   */
  get(name: string): Value {
    const value = this.find(name);
    if (value) return value;
    throw new RangeError(`The graph has no value "${name}": it comes later, or in another graph`);
  }

  /** The names of inputs and initializers and those given by {@linkcode GraphBase.name}, in order. */
  get names(): string[] {
    return [...this.#named.keys()];
  }

  #store(dtype: DType, shape: readonly number[], data: Float32Array | BigInt64Array): Value {
    const value: Value = { name: `constant_${this.initializers.length}`, dtype, shape };
    this.initializers.push({ value, data });
    return value;
  }

  #once(key: string, make: () => Value): Value {
    const value = this.#constants.get(key) ?? make();
    this.#constants.set(key, value);
    return value;
  }

  #claim(name: string, value: Value): Value {
    this.#checkFree(name);
    this.#named.set(name, value);
    return value;
  }

  #checkFree(name: string): void {
    if (!this.#named.has(name)) return;
    throw new RangeError(`Cannot name two values "${name}" in one graph`);
  }
}
