import { assertEquals } from "@std/assert";
import type { Tensor } from "../tensor.ts";

/** For tests: fails unless two tensors agree in shape and in every bit, the sign of 0 included. */
export function assertSameBits(actual: Tensor, expected: Tensor, what: string): void {
  assertEquals(actual.shape, expected.shape, `${what}: shape`);
  const [left, right] = [bitsOf(actual), bitsOf(expected)];
  const i = left.findIndex((bits, i) => bits !== right[i]);
  const seen = i < 0 ? "" : `${actual.data[i]} instead of ${expected.data[i]}`;
  assertEquals(i, -1, `${what}: every bit; number ${i} is ${seen}`);
}

function bitsOf({ data }: Tensor): Uint32Array {
  return new Uint32Array(data.slice().buffer);
}
