import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { add, dot, product, product64 } from "./arithmetic.ts";
import { Tensor } from "./tensor.ts";

Deno.test("a scalar product is the sum of products, whatever kind of list they stand in", () => {
  assertEquals(dot([1, 2, 3], Float32Array.of(4, 5, 6)), 32);
  assertEquals(dot([], []), 0);
});

Deno.test("tensors are added place by place, and stay as they were", () => {
  const [a, b] = [Tensor.from([[1, 2]]), Tensor.from([[10, 20]])];
  assertEquals(add([a, b, b]).toNested(), [[21, 42]]);
  assertEquals(add([a]).toNested(), [[1, 2]]);
  assertEquals(a.toNested(), [[1, 2]]);
  const rounded = add([Tensor.from([1]), Tensor.from([2 ** -24]), Tensor.from([2 ** -24])]);
  assertEquals(rounded.toNested(), [1], "each step is rounded: together the two would be seen");
});

Deno.test("tensors of several shapes, or none, are not added", () => {
  const message = "Cannot add tensors: one shape is required, got [2] and [1,2]";
  assertThrows(() => add([Tensor.from([1, 2]), Tensor.from([[1, 2]])]), RangeError, message);
  assertThrows(() => add([]), RangeError, "Cannot add tensors: one shape is required, got none");
});

Deno.test("a product of matrices is that of the definition, for every length of a row", () => {
  const numbers = (length: number) =>
    fc.array(fc.integer({ min: -8, max: 8 }), { minLength: length, maxLength: length });
  const sizes = fc.tuple(...[5, 9, 5].map((max) => fc.integer({ min: 1, max })));
  const pair = sizes.chain(([rows, inner, columns]) =>
    fc.record({
      x: numbers(rows * inner).map((x) => new Tensor(Float32Array.from(x), [rows, inner])),
      y: numbers(inner * columns).map((y) => new Tensor(Float32Array.from(y), [inner, columns])),
    })
  );
  fc.assert(
    fc.property(pair, ({ x, y }) => {
      const [rows, columns] = [x.shape[0], y.shape[1]];
      const cell = (row: number, column: number) =>
        x.get(row).data.reduce((total, value, k) => total + value * y.at(k, column), 0);
      const expected = Tensor.full([rows, columns])
        .map((_, i) => cell(Math.floor(i / columns), i % columns));
      assertEquals(product(x, y), expected);
    }),
    { seed: 42 },
  );
});

Deno.test("leading axes stay, and 64 bits are kept where they are asked for", () => {
  const x = Tensor.from([[[1, 2]], [[3, 4]]]); // [2, 1, 2]
  assertEquals(product(x, Tensor.from([[1], [10]])).toNested(), [[[21]], [[43]]]);
  const third = Math.fround(1 / 3);
  const [exact] = product64(Tensor.from([[third]]), Tensor.from([[third]]));
  assertEquals(exact, third * third);
  assertAlmostEquals(product(Tensor.from([[third]]), Tensor.from([[third]])).at(0, 0), 1 / 9, 1e-7);
});

Deno.test("what does not fit is not multiplied, and over no numbers the sum is zero", () => {
  const message = "Cannot multiply: [..., n] and [n, m] are required, got [1,2] and [3,1]";
  const column = Tensor.from([[1], [2], [3]]);
  assertThrows(() => product(Tensor.from([[1, 2]]), column), RangeError, message);
  assertEquals(product(Tensor.full([2, 0]), Tensor.full([0, 1])).toNested(), [[0], [0]]);
  assertThrows(() => product(Tensor.from([[1]]), Tensor.from([1])), RangeError, "Cannot multiply");
});
