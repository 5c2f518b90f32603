/** Safetensors files put together by hand, for tests. */

/** A file of any header and data, as a hostile writer would put it together. */
export function fileOf(header: string | Uint8Array, data: readonly number[] = []): Uint8Array {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + text.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(data, 8 + text.length);
  return file;
}

/** A header that describes one tensor, `t`. */
export function headerOf(dtype: unknown, shape: unknown, data_offsets: unknown): string {
  return JSON.stringify({ t: { dtype, shape, data_offsets } });
}
