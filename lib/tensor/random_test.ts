import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { Random } from "./random.ts";
import { mean } from "./statistics.ts";

const draw = (random: Random, count: number) =>
  Array.from({ length: count }, () => random.uniform());

function deviation(numbers: readonly number[]): number {
  const middle = mean(numbers);
  return Math.sqrt(mean(numbers.map((x) => (x - middle) ** 2)));
}

Deno.test("the same seed gives the same stream and another seed another", () => {
  for (const seed of [0, 1, -5, 2 ** 40, "a name", ""]) {
    assertEquals(draw(new Random(seed), 5), draw(new Random(seed), 5), `seed ${seed}`);
  }
  const firsts = Array.from({ length: 100 }, (_, seed) => new Random(seed).uniform());
  assertEquals(new Set(firsts).size, 100, "a hundred seeds, a hundred first draws");
});

Deno.test("the first draws are pinned, so that fixtures stay what they are", () => {
  const one = [0.987643777121877, 0.9032216991640167, 0.33431911036859374];
  assertEquals(draw(new Random(1), 3), one, "seed 1");
  const named = [0.07998951460603809, 0.5904911091485384, 0.4697924591930075];
  assertEquals(draw(new Random("held out/sotu"), 3), named, "a name");
});

Deno.test("a name is hashed by FNV-1a", () => {
  // The published 32-bit hash of "foobar" is 0xbf9cf968; the generator's first word is that
  // of its state, ~seed + 0, and integer() counts it up from -2^31.
  const word = ~0xbf9cf968 + 2 ** 31;
  assertEquals(new Random("foobar").integer(0, 2 ** 32 - 1), word, "the first word of the stream");
});

Deno.test("neighbouring seeds do not begin alike", () => {
  // A uniform number has standard deviation sqrt(1/12) = 0.289; for 400 seeds the estimate has a
  // standard error of about 0.006, so 0.03 is five of them. Unhashed seeds gave 0.00 at first.
  for (const name of ["", "s/"]) {
    const seeds = Array.from({ length: 400 }, (_, i) => name ? `${name}${i}` : i);
    const rows = seeds.map((seed) => draw(new Random(seed), 6));
    for (let place = 0; place < 6; place++) {
      const std = deviation(rows.map((row) => row[place]));
      assertAlmostEquals(std, Math.sqrt(1 / 12), 0.03, `draw ${place} of every ${name} number`);
    }
  }
});

Deno.test("a seed that is no whole number is refused", () => {
  for (const seed of [1.5, NaN, Infinity]) {
    const message = `Bad seed: a name or a whole number is required, got ${seed}`;
    assertThrows(() => new Random(seed), RangeError, message, `${seed}`);
  }
});

Deno.test("normal draws have mean 0 and variance 1, within what theory allows", () => {
  const n = 100_000;
  const random = new Random("normal");
  const x = Array.from({ length: n }, () => random.normal());
  // The mean of n draws has standard deviation 1/sqrt(n), their variance sqrt(2/n): five of each.
  assertLess(Math.abs(mean(x)), 5 / Math.sqrt(n), "mean");
  assertLess(Math.abs(mean(x.map((v) => v * v)) - 1), 5 * Math.sqrt(2 / n), "variance");
  // 4.55% of a normal distribution lie beyond 2; the share's standard deviation is 0.0007.
  const beyond = x.filter((v) => Math.abs(v) > 2).length / n;
  assertAlmostEquals(beyond, 0.0455, 5 * 0.0007, "share beyond two");
  assert(x.every(Number.isFinite), "no draw is infinite");
});

Deno.test("a tensor of normal draws has the shape, spread and centre asked for", () => {
  const x = new Random(3).normalTensor([50, 40], 0.5, 10);
  assertEquals(x.shape, [50, 40], "shape");
  // 2,000 draws: five standard errors are 5 * 0.5 / sqrt(2000) = 0.056 and 5 * 0.5 / sqrt(4000).
  assertAlmostEquals(mean(x.data), 10, 0.056, "mean");
  assertAlmostEquals(deviation([...x.data]), 0.5, 0.04, "std");
});

Deno.test("integers cover their range, ends included, and nothing else", () => {
  const random = new Random(5);
  const drawn = Array.from({ length: 200 }, () => random.integer(-1, 2));
  assertEquals([...new Set(drawn)].sort((a, b) => a - b), [-1, 0, 1, 2], "from -1 to 2");
  assertEquals(random.integer(4, 4), 4, "a range of one");
  assertEquals(new Set(random.integers(100, 3)), new Set(random.integers(100, 3)), "0, 1 and 2");
  assert(random.integers(100, 3).every((i) => [0, 1, 2].includes(i)), "below 3");
});

Deno.test("a range without whole numbers is refused instead of giving NaN", () => {
  const random = new Random(1);
  for (const [low, high] of [[0, -1], [0.5, 3], [0, NaN]]) {
    const message = `two whole numbers in ascending order are required, got ${low} and ${high}`;
    assertThrows(() => random.integer(low, high), RangeError, message, `[${low}, ${high}]`);
  }
  assertThrows(() => random.integers(3, 0), RangeError, "got 0 and -1", "an empty vocabulary");
});

Deno.test("shuffle gives a permutation in a new array", () => {
  const items = Array.from({ length: 30 }, (_, i) => i);
  const shuffled = new Random(1).shuffle(items);
  assertEquals(items, Array.from({ length: 30 }, (_, i) => i), "the given array stays");
  assertEquals(shuffled.toSorted((a, b) => a - b), items, "the same items");
  assertNotEquals(shuffled, items, "in another order: by chance once in 30!");
  assertEquals(new Random(1).shuffle([]), [], "nothing");
});

Deno.test("every order of three comes up about equally often", () => {
  const random = new Random("orders");
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = random.shuffle(["a", "b", "c"]).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assertEquals(counts.size, 6, "all six orders");
  // 1000 each, with standard deviation sqrt(6000 * 1/6 * 5/6) = 29.
  for (const [order, count] of counts) assertAlmostEquals(count, 1000, 5 * 29, order);
});
