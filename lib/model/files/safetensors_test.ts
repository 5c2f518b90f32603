import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Tensor } from "../../tensor/tensor.ts";
import { ModelFileError } from "./file_error.ts";
import { fileOf, headerOf } from "../testing/hostile_file.ts";
import { anyText } from "../testing/text_arbitrary.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

const bits = (tensor: Tensor) => new Uint32Array(tensor.data.slice().buffer);

/** Tensors of any finite numbers, -0 and subnormal ones among them. */
const anyTensor = fc.array(fc.nat({ max: 3 }), { maxLength: 3 }).chain((shape) => {
  const size = shape.reduce((product, length) => product * length, 1);
  return fc.float32Array({
    minLength: size,
    maxLength: size,
    noNaN: true,
    noDefaultInfinity: true,
  }).map((data) => new Tensor(data, shape));
});
const anyName = anyText.filter((name) => name !== "__metadata__");
const anyTensors = fc.uniqueArray(fc.tuple(anyName, anyTensor), { selector: ([name]) => name });
const anyMetadata = fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true });

Deno.test("the bytes are those of the format's own example", () => {
  const tensor = new Tensor(Float32Array.of(0, 1, 2, 3, 4, 5), [1, 2, 3]);
  const data = [0, 0x3f80, 0x4000, 0x4040, 0x4080, 0x40a0] // upper halves of 0, 1, 2, 3, 4, 5
    .flatMap((half) => [0, 0, half & 0xff, half >> 8]);
  const header = `{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}`;
  const expected = fileOf(header, data);
  assertEquals(expected[0], 64, "the example's header has 64 bytes and needs no padding");
  assertEquals(writeSafetensors({ "attn.0": tensor }), expected);
});

Deno.test("what was written is read back bit for bit", () => {
  fc.assert(
    fc.property(anyTensors, anyMetadata, (named, metadata) => {
      const read = readSafetensors(writeSafetensors(new Map(named), { metadata }));
      assertEquals(read.tensors.size, named.length, "every tensor and no other");
      for (const [name, tensor] of named) {
        const back = read.tensors.get(name);
        assert(back, `${name} is there`);
        assertEquals(back.shape, tensor.shape, `shape of ${name}`);
        assertEquals(bits(back), bits(tensor), `numbers of ${name}`);
      }
      assertEquals([...read.metadata].sort(), Object.entries(metadata).sort(), "metadata");
    }),
    { seed: 2, numRuns: 200 },
  );
});

Deno.test("the order of the tensors does not change a byte, and the data begins aligned", () => {
  fc.assert(
    fc.property(anyTensors, (named) => {
      const bytes = writeSafetensors(new Map(named));
      assertEquals(writeSafetensors(new Map(named.toReversed())), bytes, "reversed");
      assertEquals(new DataView(bytes.buffer).getUint32(0, true) % 8, 0, "length of the header");
    }),
    { seed: 3, numRuns: 100 },
  );
});

Deno.test("half-width numbers are widened exactly", () => {
  const f16 = fileOf(headerOf("F16", [4], [0, 8]), [0x00, 0x3c, 0x00, 0xc0, 0xff, 0x7b, 0x01, 0]);
  assertEquals(
    readSafetensors(f16).tensors.get("t")?.data,
    Float32Array.of(1, -2, 65504, 2 ** -24), // the largest and the smallest that F16 has
    "F16",
  );
  const bf16 = fileOf(headerOf("BF16", [3], [0, 6]), [0x80, 0x3f, 0x00, 0xc0, 0x49, 0x40]);
  assertEquals(
    readSafetensors(bf16).tensors.get("t")?.data,
    Float32Array.of(1, -2, 3.140625), // pi with 8 bits
    "BF16",
  );
});

Deno.test("data that does not begin at a multiple of 4 is read all the same", () => {
  const header = headerOf("F32", [1], [0, 4]);
  for (const padding of ["", " ", "  ", "   "]) {
    const { tensors } = readSafetensors(fileOf(header + padding, [0, 0, 0x80, 0x3f]));
    assertEquals(tensors.get("t")?.data, Float32Array.of(1), `${padding.length} spaces`);
  }
});

Deno.test("a part of a larger buffer is read from its own beginning", () => {
  const file = writeSafetensors({ t: Tensor.from([1, 2]) });
  const larger = new Uint8Array(file.length + 5);
  larger.set(file, 3);
  const { tensors } = readSafetensors(larger.subarray(3, 3 + file.length));
  assertEquals(tensors.get("t")?.data, Float32Array.of(1, 2));
});

Deno.test("tensors that were read do not change with the bytes", () => {
  const bytes = writeSafetensors({ t: Tensor.from([1, 2]) });
  const { tensors } = readSafetensors(bytes);
  bytes.fill(0);
  assertEquals(tensors.get("t")?.data, Float32Array.of(1, 2));
});

Deno.test("numbers that are not finite are refused both ways", () => {
  const bits = { NaN: [0xc0, 0x7f], Infinity: [0x80, 0x7f], "-Infinity": [0x80, 0xff] };
  for (const [bad, upperHalf] of Object.entries(bits)) {
    const message = `tensor "t" must hold finite numbers, got ${bad} at index 2`;
    const tensors = { fine: Tensor.from([1]), t: Tensor.from([0, 0, Number(bad)]) };
    const write = () => writeSafetensors(tensors);
    assertThrows(write, ModelFileError, `Cannot write safetensors: ${message}`);
    const bytes = fileOf(headerOf("F32", [3], [0, 12]), [...Array(8).fill(0), 0, 0, ...upperHalf]);
    const read = () => readSafetensors(bytes);
    assertThrows(read, ModelFileError, `Cannot read safetensors: ${message}`);
  }
});

Deno.test("a tensor cannot be called as the metadata is", () => {
  const tensors = { "__metadata__": Tensor.from([1]) };
  assertThrows(() => writeSafetensors(tensors), ModelFileError, "__metadata__");
});

Deno.test("tensors that are skipped may hold any type of number, but not overlap", () => {
  const header = JSON.stringify({
    mask: { dtype: "BOOL", shape: [2, 2], data_offsets: [0, 4] },
    t: { dtype: "F32", shape: [1], data_offsets: [4, 8] },
  });
  const bytes = fileOf(header, [1, 0, 1, 1, 0, 0, 0x80, 0x3f]);
  const { tensors } = readSafetensors(bytes, { skip: (name) => name === "mask" });
  assertEquals([...tensors.keys()], ["t"], "the mask is left out");
  assertEquals(tensors.get("t")?.data, Float32Array.of(1), "and the rest is read");
  const shared = fileOf(header.replace("[0,4]", "[0,5]"), [1, 0, 1, 1, 0, 0, 0x80, 0x3f]);
  assertThrows(() => readSafetensors(shared, { skip: () => true }), ModelFileError, "overlaps");
});
