import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Random, Tensor } from "../../tensor/mod.ts";
import {
  leadingAxes,
  meanCosine,
  participationRatio,
  principalComponents,
  randomParticipationRatio,
  varianceWithin,
} from "./principal_components.ts";

/** Points about (5, 0, 0): far apart along the second axis, less along the third. */
const CROSS = Tensor.from([[5, 3, 0], [5, -3, 0], [5, 0, 1], [5, 0, -1]]);

Deno.test("vectors spread about their mean along their principal axes", () => {
  const { variances, axes } = principalComponents(CROSS);
  // 2 * 3^2 and 2 * 1^2; the mean (5, 0, 0) is no spread. All but exact in 64 bits.
  [18, 2, 0].forEach((variance, i) =>
    assertAlmostEquals(variances[i], variance, 1e-12, `axis ${i}`)
  );
  assertAlmostEquals(Math.abs(axes.at(1, 0)), 1, 1e-6, "the first is the second coordinate");
  assertAlmostEquals(Math.abs(axes.at(2, 1)), 1, 1e-6, "the second the third");
  assertAlmostEquals(
    participationRatio(principalComponents(CROSS)),
    20 ** 2 / (18 ** 2 + 2 ** 2),
    1e-12,
    "1.22",
  );
});

Deno.test("alike along all axes they fill all, along one axis one", () => {
  const ratio = (x: Tensor) => participationRatio(principalComponents(x));
  assertAlmostEquals(ratio(Tensor.from([[1, 0], [-1, 0], [0, 1], [0, -1]])), 2, 1e-12);
  assertAlmostEquals(ratio(Tensor.from([[1, 5], [3, 5], [8, 5]])), 1, 1e-12);
  const random = new Random(1).normalTensor([60, 64]);
  // The estimate of n d / (n + d) = 31 leaves out terms of the order of 1.
  assertAlmostEquals(ratio(random), randomParticipationRatio(60, 64), 1.5, "random vectors");
  const same = Tensor.full([3, 2], 1);
  assertThrows(() => ratio(same), RangeError, "vectors that differ are required");
});

Deno.test("the axes for a share are the first, as few as hold it", () => {
  const axes = Tensor.from([[0, 1, 0], [1, 0, 0], [0, 0, 1]]);
  const count = (share: number) => leadingAxes({ variances: [6, 3, 1], axes }, share).shape[1];
  assertEquals([0.5, 0.6, 0.61, 0.9, 0.95, 1].map(count), [1, 1, 2, 2, 3, 3]);
  assertEquals(leadingAxes({ variances: [6, 3, 1], axes }, 0.5).toNested(), [[0], [1], [0]]);
  for (const share of [0, 1.1, NaN]) {
    assertThrows(() => count(share), RangeError, `is required, got ${share}`);
  }
});

Deno.test("a share within directions is that of the squares, about the mean", () => {
  const axes = Tensor.from([[0, 1], [1, 0], [0, 0]]); // the second coordinate, then the first
  const [one, both] = varianceWithin(CROSS, [Tensor.from([[0], [1], [0]]), axes]);
  assertAlmostEquals(one, 18 / 20, 1e-7, "one of them");
  assertAlmostEquals(both, 18 / 20, 1e-7, "the mean does not count");
});

Deno.test("cosines: 1 along one line, 0 across, sqrt(2 / (pi d)) by chance", () => {
  const along = (i: number) =>
    Tensor.from([1, -1].map((s) => [0, 1, 2].map((k) => +(k === i) * s)));
  assertEquals(meanCosine(along(0), along(0)), 1);
  assertEquals(meanCosine(along(0), along(1)), 0);
  const random = new Random(2);
  const [a, b] = [random.normalTensor([80, 64]), random.normalTensor([80, 64])];
  // 6400 pairs, of which some 80 are independent: 0.6 * 0.1 / sqrt(80) = 0.007.
  assertAlmostEquals(meanCosine(a, b), Math.sqrt(2 / (Math.PI * 64)), 0.01, "random vectors");
});
