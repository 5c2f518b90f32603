/** Anything that can be written as nested arrays of numbers, such as `[[1, 2], [3, 4]]`. */
export type Nested = number | readonly Nested[];

/**
 * A shaped array of 32-bit floats in row-major order: the one container for weights and
 * activations. Immutable by convention; every method returns a new tensor.
 */
export class Tensor {
  /**
   * Gives numbers a shape; they are not copied.
   *
   * @param data The numbers, last axis fastest.
   * @param shape The length of each axis; `[]` is a scalar.
   * @throws {RangeError} If the shape is not made of whole numbers or does not hold `data.length`.
   */
  constructor(readonly data: Float32Array, readonly shape: readonly number[]) {
    const required = checkedSize(shape);
    if (required === data.length) return;
    throw new RangeError(
      `Cannot make a tensor: shape [${shape}] requires ${required} numbers, got ${data.length}`,
    );
  }

  /** A tensor with every number equal to `value`. */
  static full(shape: readonly number[], value = 0): Tensor {
    return new Tensor(new Float32Array(checkedSize(shape)).fill(value), shape);
  }

  /** A tensor from nested arrays; throws a RangeError where rows differ in length or depth. */
  static from(nested: Nested): Tensor {
    const shape: number[] = [];
    for (let level = nested; typeof level === "object"; level = level[0]) shape.push(level.length);
    const numbers: number[] = [];
    collect(nested, shape, numbers);
    return new Tensor(Float32Array.from(numbers), shape);
  }

  /** How many numbers it holds. */
  get size(): number {
    return this.data.length;
  }

  /** The number at one full index. Throws a RangeError where there is none. */
  at(...index: number[]): number {
    return this.data[this.#offset(index, this.shape.length)];
  }

  /**
   * The part below a leading index: of [batch, pos, d_model], `get(0)` is [pos, d_model]. It shares
   * its numbers with the whole.
   *
   * @throws {RangeError} If there is no such part.
   */
  get(...index: number[]): Tensor {
    const rest = this.shape.slice(index.length);
    const start = this.#offset(index, index.length) * sizeOf(rest);
    return new Tensor(this.data.subarray(start, start + sizeOf(rest)), rest);
  }

  /** The parts along the first axis: of [batch, pos, d_model], for each row [pos, d_model]. */
  unstack(): Tensor[] {
    return Array.from({ length: this.shape[0] }, (_, i) => this.get(i));
  }

  /** The same numbers under another shape; throws a RangeError unless it is of the same size. */
  reshape(...shape: number[]): Tensor {
    return new Tensor(this.data, shape);
  }

  /**
   * Axes in another order: of [a, b, c], `transpose(2, 0, 1)` is [c, a, b].
   *
   * @throws {RangeError} Unless every axis is named once.
   */
  transpose(...axes: number[]): Tensor {
    if (!isPermutation(axes, this.shape.length)) {
      const required = `each of ${this.shape.length} axes once is required`;
      throw new RangeError(`Cannot transpose [${this.shape}]: ${required}, got [${axes}]`);
    }
    const strides = axes.map((axis) => sizeOf(this.shape.slice(axis + 1)));
    const shape = axes.map((axis) => this.shape[axis]);
    const data = new Float32Array(this.size);
    const index = shape.map(() => 0);
    let offset = 0; // where `index` falls in this tensor, kept up step by step
    for (let i = 0; i < data.length; i++) {
      data[i] = this.data[offset];
      for (let k = shape.length - 1; k >= 0; k--) {
        offset += strides[k];
        if (++index[k] < shape[k]) break;
        offset -= strides[k] * shape[k];
        index[k] = 0;
      }
    }
    return new Tensor(data, shape);
  }

  /** Every number passed through `change`. */
  map(change: (value: number, index: number) => number): Tensor {
    return new Tensor(this.data.map(change), this.shape);
  }

  /** Nested arrays again, for evidence and messages. */
  toNested(): Nested {
    if (this.shape.length === 0) return this.data[0];
    return this.unstack().map((part) => part.toNested());
  }

  #offset(index: readonly number[], rank: number): number {
    const inside = index.length === rank && rank <= this.shape.length &&
      index.every((i, axis) => Number.isInteger(i) && i >= 0 && i < this.shape[axis]);
    if (!inside) {
      throw new RangeError(`Cannot index a tensor of shape [${this.shape}] with [${index}]`);
    }
    return index.reduce((sum, i, axis) => sum * this.shape[axis] + i, 0);
  }
}

/** Whether `axes` names every axis from 0 to `rank - 1` once. */
export function isPermutation(axes: readonly number[], rank: number): boolean {
  return axes.length === rank && new Set(axes).size === rank &&
    axes.every((axis) => Number.isInteger(axis) && axis >= 0 && axis < rank);
}

/** How many numbers a shape holds; throws a RangeError where it is no shape. */
function checkedSize(shape: readonly number[]): number {
  if (shape.every((length) => Number.isSafeInteger(length) && length >= 0)) return sizeOf(shape);
  throw new RangeError(
    `Cannot make a tensor: every axis must be a whole number of at least 0, got [${shape}]`,
  );
}

/** Adds the numbers of nested arrays in order; throws a RangeError unless they have that shape. */
function collect(nested: Nested, shape: readonly number[], numbers: number[]): void {
  const [length, ...inner] = shape;
  const given = typeof nested === "object" ? nested.length : undefined;
  if (given !== length) {
    const words = (count?: number) => count === undefined ? "a number" : `a row of ${count}`;
    const required = `rows must have one length, ${words(length)} is required`;
    throw new RangeError(`Cannot make a tensor: ${required}, got ${words(given)}`);
  }
  if (typeof nested === "number") numbers.push(nested);
  else for (const part of nested) collect(part, inner, numbers);
}

/** How many numbers a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
