import { isPermutation, sizeOf, Tensor } from "./tensor.ts";

/** Tensors of one shape on a new first axis: [how many, ...shape]. */
export function stack(parts: readonly Tensor[]): Tensor {
  const [{ shape, size }] = parts;
  const data = new Float32Array(parts.length * size);
  parts.forEach((part, i) => data.set(part.data, i * size));
  return new Tensor(data, [parts.length, ...shape]);
}

/** Rows of the first axis by number, each as often as it is named: [rows.length, ...]. */
export function takeRows(x: Tensor, rows: readonly number[]): Tensor {
  const inner = x.shape.slice(1);
  const data = new Float32Array(rows.length * sizeOf(inner));
  rows.forEach((row, i) => data.set(x.get(row).data, i * sizeOf(inner)));
  return new Tensor(data, [rows.length, ...inner]);
}

/**
 * Row `order[i]` in place i, along the second axis: of [batch, pos, ...], positions reordered.
 *
 * @throws {RangeError} Unless the order names every position once.
 */
export function reorderPositions(x: Tensor, order: readonly number[]): Tensor {
  const [batch, pos] = x.shape;
  if (!isPermutation(order, pos)) {
    throw new RangeError(
      `Cannot reorder positions: each of ${pos} positions once is required, got [${order}]`,
    );
  }
  return stack(Array.from({ length: batch }, (_, row) => takeRows(x.get(row), order)));
}
