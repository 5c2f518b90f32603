import { Tensor } from "../../tensor/tensor.ts";
import { ModelFileError, quote } from "./file_error.ts";
import {
  BYTES_PER_NUMBER,
  checkEntry,
  type HeaderEntry,
  readHeader,
} from "./safetensors_header.ts";

/** A tensor of a file, whose numbers are read when they are asked for. */
export interface StoredTensor {
  /** The length of each axis. */
  readonly shape: readonly number[];
  /** Its numbers; throws a {@linkcode ModelFileError} if one is NaN or infinite. */
  read(): Tensor;
}

/** What {@linkcode readSafetensors} found in a file. */
export interface Safetensors {
  /** By name, in the order of the data. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** The file's `__metadata__`; empty where it has none. */
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Reads a safetensors file (https://github.com/huggingface/safetensors#format). F32 is read bit
 * for bit, F16 and BF16 are widened to 32 bits, which is exact. The tensors are copies: changing
 * `bytes` later does not change them.
 *
 * @param options.skip Tensors that are not wanted, by name: left out, whatever type they hold.
 * @throws {ModelFileError} If the file is cut short, its header is not what the format says, its
 * tensors overlap or leave gaps, a tensor is of another type, or a number is NaN or infinite.
 */
export function readSafetensors(
  bytes: Uint8Array,
  options: { readonly skip?: (name: string) => boolean } = {},
): Safetensors {
  const { tensors, metadata } = openSafetensors(bytes.slice(), options);
  const read = Array.from(tensors, ([name, tensor]) => [name, tensor.read()] as const);
  return { tensors: new Map(read), metadata };
}

/**
 * The same without copies, for large files: each tensor is read when it is asked for, and F32 is a
 * view of `bytes` where it lies at a multiple of 4, so that they must not be changed afterwards.
 *
 * @param options.file What messages call it.
 * @throws {ModelFileError} As {@linkcode readSafetensors} does, but for numbers: those are checked as
 * they are read.
 */
export function openSafetensors(
  bytes: Uint8Array,
  { skip = () => false, file = "safetensors" }: {
    readonly skip?: (name: string) => boolean;
    readonly file?: string;
  } = {},
): {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: ReadonlyMap<string, string>;
} {
  const { entries, metadata, data } = readHeader(bytes, file);
  const wanted = entries.filter(({ name }) => !skip(name));
  for (const entry of wanted) checkEntry(entry, file);
  const tensors = wanted.map((entry) => [entry.name, storedTensor(entry, data, file)] as const);
  return { tensors: new Map(tensors), metadata };
}

function storedTensor(entry: HeaderEntry, data: Uint8Array, file: string): StoredTensor {
  const { name, shape } = entry;
  return {
    shape,
    read() {
      const numbers = readNumbers(entry, data);
      checkFinite(`read ${file}`, name, numbers);
      return new Tensor(numbers, shape);
    },
  };
}

/**
 * Writes tensors as a safetensors file, all of them F32. The same tensors and metadata give the
 * same bytes, in whatever order they come: names are sorted, and the header is padded with
 * spaces so that the data begins at a multiple of 8 bytes.
 *
 * @param options.metadata Strings to keep beside the tensors, such as `{ format: "pt" }`.
 * @throws {ModelFileError} If a tensor is called `__metadata__`, or holds NaN or an infinity.
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>,
  { metadata = {} }: { readonly metadata?: Readonly<Record<string, string>> } = {},
): Uint8Array<ArrayBuffer> {
  const named = [...(tensors instanceof Map ? tensors : Object.entries(tensors))].sort(byName);
  for (const [name, tensor] of named) {
    if (name === "__metadata__") {
      throw new ModelFileError("Cannot write safetensors: no tensor may be called __metadata__");
    }
    checkFinite("write safetensors", name, tensor.data);
  }
  const header = encodeHeader(named, metadata);
  const dataBytes = named.reduce((sum, [, { size }]) => sum + size * BYTES_PER_NUMBER.F32, 0);
  const bytes = new Uint8Array(8 + header.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  let at = 8 + header.length;
  for (const [, { data }] of named) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

function encodeHeader(
  named: readonly (readonly [string, Tensor])[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const lines: [string, unknown][] = [];
  const notes = Object.entries(metadata).sort(byName);
  if (notes.length > 0) lines.push(["__metadata__", Object.fromEntries(notes)]);
  let end = 0;
  for (const [name, { shape, size }] of named) {
    const begin = end;
    end += size * BYTES_PER_NUMBER.F32;
    lines.push([name, { dtype: "F32", shape, data_offsets: [begin, end] }]);
  }
  // Joined by hand: an object would move names that look like whole numbers to the front.
  const text = lines.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const json = new TextEncoder().encode(`{${text.join(",")}}`);
  const padded = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(0x20);
  padded.set(json);
  return padded;
}

/** The bytes of one tensor as 32-bit floats; typed arrays are little-endian here, as the file is. */
function readNumbers({ dtype, begin, end }: HeaderEntry, data: Uint8Array): Float32Array {
  const part = data.subarray(begin, end);
  if (dtype === "F32" && part.byteOffset % 4 === 0) {
    return new Float32Array(part.buffer as ArrayBuffer, part.byteOffset, part.length / 4);
  }
  const { buffer } = new Uint8Array(part); // a copy, so aligned
  if (dtype === "F32") return new Float32Array(buffer);
  if (dtype === "F16") return Float32Array.from(new Float16Array(buffer));
  // A BF16 is the upper half of a 32-bit float.
  return new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer);
}

function checkFinite(action: string, name: string, numbers: Float32Array): void {
  let at = 0; // a plain loop takes a twentieth of what findIndex does
  while (at < numbers.length && Number.isFinite(numbers[at])) at++;
  if (at === numbers.length) return;
  throw new ModelFileError(
    `Cannot ${action}: tensor ${quote(name)} must hold finite numbers, ` +
      `got ${numbers[at]} at index ${at}`,
  );
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
