/** Safetensors files put together by hand, for tests. */

/** A file of any header and data, as a hostile writer would put it together. */
export function fileOf(header: string | Uint8Array, data: readonly number[] = []): Uint8Array {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return Uint8Array.from([...length, ...text, ...data]);
}

/** A header that describes one tensor, `t`. */
export function headerOf(dtype: unknown, shape: unknown, data_offsets: unknown): string {
  return JSON.stringify({ t: { dtype, shape, data_offsets } });
}
