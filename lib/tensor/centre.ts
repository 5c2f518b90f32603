import { Tensor } from "./tensor.ts";

/** The mean of each column of [rows, width], in 64 bits: [width]. */
export function columnMeans({ data, shape: [rows, width] }: Tensor): Float64Array {
  const sums = new Float64Array(width);
  for (let at = 0; at < data.length; at += width) {
    for (let i = 0; i < width; i++) sums[i] += data[at + i];
  }
  return sums.map((sum) => sum / rows);
}

/** What is left of the rows of [rows, width] once one row, their mean unless told, is taken off. */
export function centre(x: Tensor, middle: ArrayLike<number> = columnMeans(x)): Tensor {
  const [data, width] = [x.data, x.shape[1]];
  const left = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += width) {
    for (let i = 0; i < width; i++) left[at + i] = data[at + i] - middle[i];
  }
  return new Tensor(left, x.shape);
}
