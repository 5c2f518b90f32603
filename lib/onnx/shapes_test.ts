import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  broadcast,
  concatShape,
  flatLength,
  fromFront,
  matmulShape,
  matmulTransposedShape,
  reducedShape,
  reshapedShape,
  type Shape,
  slicedShape,
} from "./shapes.ts";

const FIXED = { seed: 2, numRuns: 100 };
const dims = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

/** Says that a call throws a RangeError with exactly this message. */
function refuses(call: () => unknown, message: string): void {
  const error = assertThrows(call, RangeError, message);
  assertEquals(error.message, message, "the whole message");
}

Deno.test("broadcasting stretches axes of length 1 and missing leading axes", () => {
  const cases: [Shape, Shape, Shape][] = [
    [[2, 3], [2, 3], [2, 3]],
    [[2, 1], [1, 3], [2, 3]],
    [[4, 2, 3], [3], [4, 2, 3]],
    [[], [2], [2]],
    [["batch", "pos", 8], [8], ["batch", "pos", 8]],
    [["pos", 1], ["kv"], ["pos", "kv"]],
    [[1, "pos"], ["batch", 1], ["batch", "pos"]],
  ];
  for (const [a, b, expected] of cases) {
    assertEquals(broadcast(a, b), expected, `[${a}] with [${b}]`);
    assertEquals(broadcast(b, a), expected, `[${b}] with [${a}]`);
  }
});

Deno.test("shapes that cannot broadcast are refused, names included", () => {
  const message = (a: Shape, b: Shape, axis: number) =>
    `Cannot combine shapes [${a}] and [${b}]: axis ${axis} must match or be 1`;
  for (const [a, b, axis] of [[[2], [3], 0], [[4, 2], [4, 3], 1], [["pos"], ["kv"], 0]] as const) {
    refuses(() => broadcast(a, b), message(a, b, axis));
  }
  refuses(() => broadcast(["pos"], [3]), message(["pos"], [3], 0));
});

Deno.test("broadcasting agrees with stretching an actual index", () => {
  // Plain oracle: each axis, counted from the end, is the longer of the two where one is 1.
  const pair = dims.chain((full) => {
    const some = fc.tuple(fc.nat({ max: full.length }), fc.array(fc.boolean(), { minLength: 4 }));
    return fc.tuple(fc.constant(full), some);
  });
  fc.assert(
    fc.property(pair, ([full, [dropped, ones]]) => {
      const other = full.map((dim, i) => ones[i] ? 1 : dim).slice(dropped);
      assertEquals(broadcast(full, other), full, `[${full}] with [${other}]`);
    }),
    FIXED,
  );
});

Deno.test("a matrix product drops the inner axis and broadcasts the leading ones", () => {
  assertEquals(matmulShape([2, 3], [3, 4]), [2, 4], "two matrices");
  assertEquals(matmulShape(["batch", "pos", 8], [8, 5]), ["batch", "pos", 5], "rows by a matrix");
  const scores = matmulShape(["batch", 3, "pos", 2], ["batch", 3, 2, "kv"]);
  assertEquals(scores, ["batch", 3, "pos", "kv"], "queries by keys");
  assertEquals(matmulShape([5, 1, 2, 3], [4, 3, 6]), [5, 4, 2, 6], "leading axes broadcast");
});

Deno.test("matrices that do not fit are refused", () => {
  const rule = "the last axis must match the next-to-last";
  refuses(() => matmulShape([2, 3], [4, 3]), `Cannot multiply [2,3] by [4,3]: ${rule}`);
  refuses(() => matmulShape([3], [3, 4]), `Cannot multiply [3] by [3,4]: ${rule}`);
  refuses(() => matmulShape([2, "pos"], ["kv", 4]), `Cannot multiply [2,pos] by [kv,4]: ${rule}`);
  const leading = "Cannot combine shapes [2] and [3]: axis 0 must match or be 1";
  refuses(() => matmulShape([2, 1, 1], [3, 1, 1]), leading);
});

Deno.test("rows by a matrix that lies transposed are as wide as it is high", () => {
  assertEquals(matmulTransposedShape([2, 3], [4, 3]), [2, 4], "two matrices");
  assertEquals(matmulTransposedShape(["batch", "pos", 8], [5, 8]), ["batch", "pos", 5], "rows");
  const odd: [Shape, Shape][] = [[[2, 3], [3, 4]], [[2, 3], ["words", 3]], [[2, 3], [7, 4, 3]], [
    [3],
    [4, 3],
  ]];
  const rule = "a matrix is required, and that the last axes match";
  for (const [a, b] of odd) {
    refuses(
      () => matmulTransposedShape(a, b),
      `Cannot multiply [${a}] by the transpose of [${b}]: ${rule}`,
    );
  }
});

Deno.test("axes that are laid flat are as long as all of them, or named after them", () => {
  assertEquals([flatLength([2, 3]), flatLength([])], [6, 1], "counted");
  assertEquals([flatLength(["batch", 3]), flatLength(["pos"])], ["batch*3", "pos"], "named");
});

Deno.test("an axis counts from the front or from the end", () => {
  assertEquals([0, 2, -1, -3].map((axis) => fromFront(axis, 3)), [0, 2, 2, 0], "of three axes");
  for (const axis of [3, -4, 0.5, NaN]) {
    refuses(() => fromFront(axis, 3), `Cannot use axis ${axis}: the tensor has 3 axes`);
  }
});

Deno.test("a reduction drops its axes or keeps them as 1", () => {
  assertEquals(reducedShape(["batch", "pos", 8], [-1], true), ["batch", "pos", 1], "kept");
  assertEquals(reducedShape(["batch", "pos", 8], [0, 1], false), [8], "dropped");
  assertEquals(reducedShape([2, 3], [0, 1], false), [], "all of them");
  refuses(() => reducedShape([2, 3], [2], true), "Cannot use axis 2: the tensor has 2 axes");
  refuses(() => reducedShape([2, 3], [], true), "Cannot reduce [2,3]: name at least one axis");
});

Deno.test("joining adds the lengths of one axis and wants the others equal", () => {
  assertEquals(concatShape([[2, 3], [5, 3], [1, 3]], 0), [8, 3], "rows");
  assertEquals(concatShape([["pos", 2], ["pos", 4]], -1), ["pos", 6], "columns");
  const past = concatShape([["batch", "past", 2], ["batch", "pos", 2]], 1, "kv");
  assertEquals(past, ["batch", "kv", 2], "named parts, named whole");
  assertEquals(concatShape([[2, 3], [2, 3]], 0, "ignored"), [4, 3], "a count needs no name");
});

Deno.test("parts that cannot be joined are refused", () => {
  refuses(
    () => concatShape([["past"], ["pos"]], 0),
    "Cannot join [past,pos]: name the joined axis",
  );
  refuses(() => concatShape([["past"], [2]], 0, 7), "Cannot join [past,2]: name the joined axis");
  const differ = "Cannot join [2,3] and [2,4]: all axes but 0 must match";
  refuses(() => concatShape([[2, 3], [2, 4]], 0), differ);
  const ranks = "Cannot join [2,3] and [2,3,1]: all axes but 0 must match";
  refuses(() => concatShape([[2, 3], [2, 3, 1]], 0), ranks);
  refuses(() => concatShape([], 0), "Cannot join nothing: name at least one part");
});

Deno.test("a cut leaves the places from start to before end", () => {
  assertEquals(slicedShape(["pos", 6], -1, 2, 5), ["pos", 3], "the middle");
  assertEquals(slicedShape([6], 0, 0, 6), [6], "all");
  assertEquals(slicedShape(["pos", 6], 0, 0, 1), [1, 6], "a named axis is taken at its word");
  for (const [start, end] of [[0, 7], [-1, 3], [4, 3], [0.5, 2], [NaN, 2]]) {
    const message = `Cannot cut [6] along axis 0: no part from ${start} to ${end}`;
    refuses(() => slicedShape([6], 0, start, end), message);
  }
});

Deno.test("a reshape keeps axes by 0 and works out what -1 stands for", () => {
  const cases: [Shape, number[], Shape][] = [
    [[2, 6], [3, 4], [3, 4]],
    [[2, 6], [0, -1, 2], [2, 3, 2]],
    [[2, 6], [-1], [12]],
    [["batch", "pos", 6], [0, 0, 3, 2], ["batch", "pos", 3, 2]],
    [["batch", "pos", 3, 2], [0, 0, -1], ["batch", "pos", 6]],
    [["pos", 3, 2], [0, 6], ["pos", 6]],
    [[], [1, 1], [1, 1]],
  ];
  for (const [shape, target, expected] of cases) {
    assertEquals(reshapedShape(shape, target), expected, `[${shape}] to [${target}]`);
  }
});

Deno.test("a reshape that loses numbers, loses a named axis or cannot be worked out is refused", () => {
  const cases: [Shape, number[]][] = [
    [[2, 6], [5]],
    [[2, 6], [-1, 5]],
    [[4], [-1, -1]],
    [[4], [-2, -2]],
    [["pos", 4], [4]],
    [["pos", 4], [-1]],
    [["pos", 4], [4, -1]],
    [["batch", "pos", 4], [0, 4]],
    [[4], [4, 0]],
    [[4], [8, 0.5]],
  ];
  for (const [shape, target] of cases) {
    refuses(() => reshapedShape(shape, target), `Cannot reshape [${shape}] to [${target}]`);
  }
});

Deno.test("a reshape to any grouping of axes keeps the size, with one length left open", () => {
  const size = (shape: Shape) => (shape as number[]).reduce((a, b) => a * b, 1);
  fc.assert(
    fc.property(dims, fc.nat({ max: 3 }), (shape, place) => {
      const target = shape.toReversed().with(Math.min(place, shape.length - 1), -1);
      assertEquals(reshapedShape(shape, target), shape.toReversed(), `[${shape}] to [${target}]`);
      assertEquals(size(reshapedShape(shape, [-1])), size(shape), "flat");
    }),
    FIXED,
  );
});
