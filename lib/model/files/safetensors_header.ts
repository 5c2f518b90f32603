import { sizeOf } from "../../tensor/tensor.ts";
import { type Check, list, whole } from "../checks.ts";
import { describe, ModelFileError, quote, refuse } from "./file_error.ts";
import { checkFields, isObject, readJson } from "./json.ts";

/** The bytes that each number takes, by the format's name of the type. */
export const BYTES_PER_NUMBER: Readonly<Record<string, number>> = { F32: 4, F16: 2, BF16: 2 };

/** One tensor as the header describes it; offsets count from the end of the header. */
export interface HeaderEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** What a safetensors file holds, before any number of it is read. */
export interface Header {
  readonly entries: readonly HeaderEntry[];
  readonly metadata: ReadonlyMap<string, string>;
  /** The bytes after the header. */
  readonly data: Uint8Array;
}

const METADATA = "__metadata__";
/** The format's own limit: a longer header is an attack, not a model. */
const LONGEST_HEADER = 100_000_000;

/**
 * Reads the header of a safetensors file: 8 bytes with its length (little-endian), then JSON.
 * The tensors' ranges must tile the data from its first byte to its last, so that no byte is
 * unaccounted for and none is read as two tensors.
 *
 * @param file What messages call it.
 */
export function readHeader(bytes: Uint8Array, file: string): Header {
  const [text, data] = splitFile(file, bytes);
  const header = parseHeader(file, text);
  const metadata = new Map<string, string>();
  const entries: HeaderEntry[] = [];
  // Object.entries, since a tensor may be called "__proto__" and must stay a mere name.
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA) readMetadata(file, value, metadata);
    else entries.push(readEntry(file, name, value, data.length));
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkTiling(file, entries, data.length);
  return { entries, metadata, data };
}

function splitFile(file: string, bytes: Uint8Array): [header: Uint8Array, data: Uint8Array] {
  if (bytes.length < 8) refuse(file, "the file", "at least 8 bytes long", bytes.length);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > LONGEST_HEADER) {
    refuse(file, "the header's length", `at most ${LONGEST_HEADER} bytes`, length);
  }
  const end = 8 + Number(length);
  if (end > bytes.length) {
    const rest = bytes.length - 8;
    refuse(file, "the header's length", `at most the ${rest} bytes that follow it`, length);
  }
  return [bytes.subarray(8, end), bytes.subarray(end)];
}

function parseHeader(file: string, bytes: Uint8Array): Record<string, unknown> {
  const header = readJson(file, "the header", bytes);
  if (!isObject(header)) refuse(file, "the header", "a JSON object", header);
  return header;
}

function readMetadata(file: string, value: unknown, metadata: Map<string, string>): void {
  if (!isObject(value)) refuse(file, METADATA, "an object of strings", value);
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") refuse(file, `${METADATA} ${quote(key)}`, "a string", text);
    metadata.set(key, text);
  }
}

/** A tensor in the JSON of the header. */
type Entry = { dtype: string; shape: number[]; data_offsets: [begin: number, end: number] };

const counts = "whole numbers of at least 0";
const ENTRY: Readonly<Record<keyof Entry, Check>> = {
  dtype: [(value) => typeof value === "string", "a string"],
  shape: list(`an array of ${counts}`, whole(0)),
  data_offsets: [
    (value) => Array.isArray(value) && value.length === 2 && value.every(whole(0)[0]),
    `two ${counts}`,
  ],
};

function readEntry(file: string, name: string, value: unknown, dataBytes: number): HeaderEntry {
  const tensor = `tensor ${quote(name)}`;
  checkFields(file, value, ENTRY, tensor);
  const { dtype, shape, data_offsets } = value as unknown as Entry;
  const [begin, end] = data_offsets;
  if (begin > end || end > dataBytes) {
    const required = `[begin, end] with begin <= end <= ${dataBytes} (the bytes of data)`;
    refuse(file, `data_offsets of ${tensor}`, required, data_offsets);
  }
  return { name, dtype, shape, begin, end };
}

/** @param entries Sorted by where they begin. */
function checkTiling(file: string, entries: readonly HeaderEntry[], dataBytes: number): void {
  let covered = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      const wrong = begin < covered ? "overlaps the tensor before it" : "leaves a gap before it";
      throw new ModelFileError(
        `Cannot read ${file}: tensor ${quote(name)} ${wrong}: it must begin at byte ${covered} ` +
          `of the data, got ${begin}`,
      );
    }
    covered = end;
  }
  if (covered !== dataBytes) {
    refuse(file, "the data", `the ${covered} bytes that the header describes`, dataBytes);
  }
}

/** Checks that a tensor is of a type that can be read and fills its range. */
export function checkEntry({ name, dtype, shape, begin, end }: HeaderEntry, file: string): void {
  const tensor = `tensor ${quote(name)}`;
  if (!Object.hasOwn(BYTES_PER_NUMBER, dtype)) {
    const known = Object.keys(BYTES_PER_NUMBER).join(", ");
    refuse(file, `dtype of ${tensor}`, `one of ${known}`, dtype);
  }
  const required = sizeOf(shape) * BYTES_PER_NUMBER[dtype];
  if (required !== end - begin) {
    const why = `${required} bytes for shape ${describe(shape)} of ${dtype}`;
    refuse(file, `the data of ${tensor}`, why, end - begin);
  }
}
