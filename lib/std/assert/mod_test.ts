import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertExists,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  AssertionError,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  fail,
} from "@std/assert";

/** The message with which `fn` fails; a TypeError if it passes or throws anything else. */
function failure(fn: () => void): string {
  try {
    fn();
  } catch (error) {
    if (error instanceof AssertionError) return error.message;
    throw new TypeError(`threw something else: ${error}`);
  }
  throw new TypeError("passed, and should have failed");
}

Deno.test("each assertion passes on what it allows", () => {
  assert(1, "truthy");
  assertEquals({ a: [1, { b: Number.NaN }] }, { a: [1, { b: Number.NaN }] });
  assertEquals(new Float32Array([0, 1]), new Float32Array([-0, 1]));
  assertEquals(new Map([["a", [1]]]), new Map([["a", [1]]]));
  assertNotEquals([1], [2]);
  assertNotEquals({ a: undefined }, {} as { a: undefined });
  assertStrictEquals("a", "a");
  assertAlmostEquals(1, 1 + 1e-8);
  assertAlmostEquals(1, 1.4, 0.5);
  assertGreater(2, 1);
  assertGreaterOrEqual(2, 2);
  assertLess(1, 2);
  assertLessOrEqual(2, 2);
  assertMatch("loss 3", /\d/);
  assertStringIncludes("loss 3", "loss");
  assertExists(0);
  assertInstanceOf(new TypeError("t"), Error);
});

Deno.test("each assertion fails on what it forbids, with the one AssertionError", () => {
  assertEquals(failure(() => assert(0, "why")), "why");
  assertStringIncludes(failure(() => assertEquals([1, 2], [1, 3], "why")), "why");
  failure(() => assertEquals([1], { 0: 1 } as unknown as number[]));
  failure(() => assertEquals(new Float32Array([1]) as unknown, new Float64Array([1])));
  failure(() => assertNotEquals({ a: 0 }, { a: -0 }));
  failure(() => assertStrictEquals([], []));
  failure(() => assertStrictEquals(0, -0));
  failure(() => assertAlmostEquals(1, 1.001));
  failure(() => assertAlmostEquals(Number.NaN, 1, 10));
  assertEquals(failure(() => assertGreater(1, 1)), "Expect 1 > 1");
  assertEquals(failure(() => assertGreaterOrEqual(1, 2, "why")), "why");
  assertEquals(failure(() => assertLess(2, 2)), "Expect 2 < 2");
  failure(() => assertLessOrEqual(3, 2));
  failure(() => assertMatch("loss", /\d/));
  failure(() => assertStringIncludes("loss", "gain"));
  failure(() => assertExists(null));
  failure(() => assertInstanceOf(new TypeError("t"), RangeError));
  assertStringIncludes(failure(() => fail("why")), "why");
});

Deno.test("NaN satisfies no ordering", () => {
  for (const check of [assertGreater, assertGreaterOrEqual, assertLess, assertLessOrEqual]) {
    failure(() => check(Number.NaN, 1));
  }
});

Deno.test("assertThrows returns the error it demanded and fails on any other", () => {
  const boom = () => {
    throw new RangeError("too long");
  };
  assertEquals(assertThrows(boom, RangeError, "long").message, "too long");
  failure(() => assertThrows(() => 1));
  failure(() => assertThrows(boom, TypeError));
  failure(() => assertThrows(boom, RangeError, "short"));
});

Deno.test("assertRejects does the same for promises", async () => {
  const boom = () => Promise.reject(new RangeError("too long"));
  assertEquals((await assertRejects(boom, RangeError, "long")).message, "too long");
  await assertRejects(() => assertRejects(() => Promise.resolve(1)), AssertionError);
  await assertRejects(() => assertRejects(boom, TypeError), AssertionError);
  const sync = () => {
    throw new RangeError("not a promise");
  };
  await assertRejects(() => assertRejects(sync), AssertionError, "throws when expected to reject");
});

Deno.test("an AssertionError keeps its cause", () => {
  const cause = new Error("why");
  assertStrictEquals(new AssertionError("what", { cause }).cause, cause);
});
