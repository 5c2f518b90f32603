import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Tensor } from "../../tensor/tensor.ts";
import { ModelFileError } from "./file_error.ts";
import { fileOf, headerOf } from "../testing/hostile_file.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

Deno.test("a file cut short at any byte is refused", () => {
  const bytes = writeSafetensors({ a: Tensor.from([[1, 2]]), b: Tensor.from(3) });
  for (let length = 0; length < bytes.length; length++) {
    const cut = bytes.subarray(0, length);
    assertThrows(() => readSafetensors(cut), ModelFileError, "must be", `${length} bytes`);
  }
});

Deno.test("a flipped bit in the header is refused, or leaves every number where it was", () => {
  const metadata = { format: "pt" };
  const bytes = writeSafetensors({ a: Tensor.from([[1, 2]]), b: Tensor.from(3) }, { metadata });
  const dataBegins = bytes.length - 12;
  let refused = 0;
  for (let bit = 0; bit < dataBegins * 8; bit++) {
    const flipped = bytes.slice();
    flipped[bit >> 3] ^= 1 << (bit & 7);
    const numbers = readOrRefuse(flipped);
    if (numbers) assertEquals(numbers, [1, 2, 3], `bit ${bit}`);
    else refused++;
  }
  assert(refused > dataBegins * 4, `more than half are noticed, got ${refused}`);
});

Deno.test("any bytes at all are read or refused, never a crash", () => {
  const anyFile = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 16 }))
      .map(([header, data]) => fileOf(header, [...data])),
    fc.tuple(fc.json(), fc.uint8Array({ maxLength: 16 }))
      .map(([header, data]) => fileOf(header, [...data])),
  );
  fc.assert(fc.property(anyFile, (bytes) => void readOrRefuse(bytes)), { seed: 4, numRuns: 500 });
});

Deno.test("any description of a tensor is read or refused, never a crash", () => {
  const count = fc.oneof(fc.nat({ max: 9 }), fc.constantFrom(-1, 0.5, 2 ** 53, 1e300, null, "4"));
  const entry = fc.record({
    dtype: fc.constantFrom("F32", "F16", "BF16", "F64", "__proto__", "constructor", 32, null),
    shape: fc.oneof(fc.array(count, { maxLength: 3 }), fc.jsonValue()),
    data_offsets: fc.oneof(fc.tuple(count, count), fc.jsonValue()),
    more: fc.jsonValue(),
  }, { requiredKeys: [] });
  const name = fc.constantFrom("a", "b", "__proto__", "__metadata__", "constructor");
  fc.assert(
    fc.property(fc.array(fc.tuple(name, entry), { maxLength: 3 }), (entries) => {
      const lines = entries.map(([name, entry]) => `"${name}":${JSON.stringify(entry)}`);
      readOrRefuse(fileOf(`{${lines.join()}}`, [0, 0, 0, 0, 0, 0, 0, 0]));
    }),
    { seed: 5, numRuns: 1000 },
  );
});

/** Every number of a file in the order of the data, or undefined where it is refused. */
function readOrRefuse(bytes: Uint8Array): number[] | undefined {
  try {
    return [...readSafetensors(bytes).tensors.values()].flatMap(({ data }) => [...data]);
  } catch (error) {
    assert(error instanceof ModelFileError, `only ModelFileErrors are thrown, got ${error}`);
    assert(/must be|overlaps|gap|finite/.test(error.message), `it says why: ${error.message}`);
  }
}

/** A file with one tensor, `t`, and so many bytes of data. */
const one = (dtype: string, shape: unknown, offsets: unknown, bytes: number) =>
  fileOf(headerOf(dtype, shape, offsets), Array(bytes).fill(0));
/** A file with two tensors of one number. */
const pair = (a: [number, number], b: [number, number], bytes: number) => {
  const entry = (data_offsets: [number, number]) => ({ dtype: "F32", shape: [1], data_offsets });
  return fileOf(JSON.stringify({ a: entry(a), b: entry(b) }), Array(bytes).fill(0));
};

/** What is wrong with a file, the file, and what the message must say. */
const HOSTILE: Record<string, [Uint8Array, string]> = {
  "an empty file": [new Uint8Array(), "the file must be at least 8 bytes long, got 0"],
  "a header longer than the file": [
    Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d),
    "the header's length must be at most the 2 bytes that follow it, got 9",
  ],
  "a header of 2^63 bytes": [
    Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x80),
    "the header's length must be at most 100000000 bytes, got 9223372036854775808",
  ],
  "no header": [fileOf(""), "the header must be JSON"],
  "a header that is not JSON": [fileOf("{t}"), "the header must be JSON"],
  "a header that is not UTF-8": [fileOf(Uint8Array.of(0x7b, 0xff, 0x7d)), "in UTF-8"],
  "a byte-order mark": [fileOf("\ufeff{}"), "the header must be JSON"],
  "a header that is an array": [fileOf("[]"), "the header must be a JSON object, got []"],
  "the same name twice": [fileOf(`{"t":1,"t":2}`), `The key "t" appears twice`],
  "a tensor that is no object": [fileOf(`{"t":[]}`), `tensor "t" must be an object with dtype`],
  "an unknown field": [
    fileOf(`{"t":{"kind":1}}`),
    `a field of tensor "t" must be one of dtype, shape,`,
  ],
  "no dtype": [fileOf(`{"t":{}}`), `dtype of tensor "t" must be a string, got undefined`],
  "integers": [
    one("I32", [1], [0, 4], 4),
    `dtype of tensor "t" must be one of F32, F16, BF16, got "I32"`,
  ],
  "a type that every object has": [
    one("toString", [1], [0, 4], 4),
    `must be one of F32, F16, BF16, got "toString"`,
  ],
  "a shape with a fraction": [
    one("F32", [0.5, 2], [0, 4], 4),
    `shape of tensor "t" must be an array of whole numbers of at least 0, got [0.5, 2]`,
  ],
  "a shape whose size overflows": [
    one("F32", [...Array(30).fill(2 ** 52), 0], [0, 0], 0),
    `the data of tensor "t" must be NaN bytes`,
  ],
  "offsets in the wrong order": [
    one("F32", [1], [4, 0], 4),
    `data_offsets of tensor "t" must be [begin, end] with begin <= end <= 4`,
  ],
  "offsets beyond the data": [one("F32", [2], [0, 8], 4), "<= 4 (the bytes of data), got [0, 8]"],
  "a negative offset": [
    one("F32", [1], [-4, 0], 4),
    "two whole numbers of at least 0, got [-4, 0]",
  ],
  "three offsets": [
    one("F32", [1], [0, 4, 4], 4),
    "two whole numbers of at least 0, got [0, 4, 4]",
  ],
  "a shape that does not fill its range": [
    one("F32", [3], [0, 8], 8),
    `the data of tensor "t" must be 12 bytes for shape [3] of F32, got 8`,
  ],
  "tensors that share bytes": [
    pair([0, 4], [0, 4], 4),
    `tensor "b" overlaps the tensor before it: it must begin at byte 4 of the data, got 0`,
  ],
  "a gap between tensors": [
    pair([0, 4], [8, 12], 12),
    `tensor "b" leaves a gap before it: it must begin at byte 4 of the data, got 8`,
  ],
  "bytes after the last tensor": [
    one("F32", [1], [0, 4], 5),
    "the data must be the 4 bytes that the header describes, got 5",
  ],
  "metadata that is no object": [fileOf(`{"__metadata__":[]}`), "__metadata__ must be an object"],
  "metadata that is no text": [
    fileOf(`{"__metadata__":{"format":1}}`),
    `__metadata__ "format" must be a string, got 1`,
  ],
};

for (const [what, [bytes, message]] of Object.entries(HOSTILE)) {
  Deno.test(`refused with its reason: ${what}`, () => {
    const error = assertThrows(() => readSafetensors(bytes), ModelFileError, message);
    assert(error.message.startsWith("Cannot read safetensors: "), error.message);
  });
}

Deno.test("a header nested deeper than the stack is refused, not a crash", () => {
  for (const deep of ["[".repeat(1e5) + "]".repeat(1e5), `{"a":`.repeat(1e5)]) {
    assertThrows(() => readSafetensors(fileOf(`{"t":${deep}}`)), ModelFileError, "must be");
  }
});

Deno.test("an endless name is cut short in the message", () => {
  const bytes = fileOf(`{"${"n".repeat(1e6)}":1}`);
  const { message } = assertThrows(() => readSafetensors(bytes), ModelFileError, `nnn..."`);
  assert(message.length < 300, `got a message of ${message.length} characters`);
});
