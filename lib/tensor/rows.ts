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

/** Columns by number, each as often as it is named: [rows, columns.length]. */
export function takeColumns(x: Tensor, columns: readonly number[]): Tensor {
  return takeRows(x.transpose(1, 0), columns).transpose(1, 0);
}

/** So many rows, evenly over all of them; all of them where there are no more: [rows, ...]. */
export function evenRows(x: Tensor, rows: number): Tensor {
  const taken = Math.min(rows, x.shape[0]);
  const step = Math.floor(x.shape[0] / taken);
  return takeRows(x, Array.from({ length: taken }, (_, row) => row * step));
}

/**
 * Row `order[i]` in place i: of [pos, ...], positions reordered.
 *
 * @throws {RangeError} Unless the order names every row once.
 */
export function reorderRows(x: Tensor, order: readonly number[]): Tensor {
  if (isPermutation(order, x.shape[0])) return takeRows(x, order);
  const required = `each of ${x.shape[0]} once is required`;
  throw new RangeError(`Cannot reorder rows: ${required}, got [${order}]`);
}
