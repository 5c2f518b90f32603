import {
  assert,
  assertAlmostEquals,
  assertEquals,
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
} from "@std/assert";

class TooLong extends RangeError {}
const boom = (): never => {
  throw new TooLong("too long");
};
const bust = () => Promise.reject(new TooLong("too long"));
const none = () => Promise.resolve(1);
// deno-lint-ignore no-explicit-any
const sync: any = () => 1;
const text = () => {
  throw "text";
};

Deno.test("each assertion passes on what it allows", async () => {
  assert(1, "truthy");
  assertEquals({ a: [1, { b: Number.NaN }] }, { a: [1, { b: Number.NaN }] });
  assertEquals(new Float32Array([0, Number.NaN]), new Float32Array([-0, Number.NaN]));
  assertEquals(new Map([["a", [1]]]), new Map([["a", [1]]]));
  assertEquals(new Set(["a", "b"]), new Set(["b", "a"]));
  assertEquals(new URL("file:///a"), new URL("file:///a"));
  assertEquals([new Date(1), /a/g], [new Date(1), /a/g]);
  assertNotEquals([1], [2]);
  assertNotEquals({ a: undefined }, {} as { a: undefined });
  assertNotEquals(new Map([["a", [1]]]), new Map([["a", [2]]]));
  assertNotEquals(new Set(["a", "b"]), new Set(["a", "c"]));
  assertNotEquals([new Date(1), /a/g], [new Date(1), /a/]);
  assertNotEquals([1], { 0: 1 } as unknown as number[]);
  assertNotEquals(new Float32Array([1]) as unknown, new Float64Array([1]));
  assertStrictEquals("a", "a");
  assertAlmostEquals(1, 1 + 1e-8);
  assertAlmostEquals(1, 1.4, 0.5);
  assertGreater(2, 1);
  assertGreaterOrEqual(2, 2);
  assertLess(1, 2);
  assertLessOrEqual(2, 2);
  assertMatch("loss 3", /\d/);
  assertStringIncludes("loss 3", "loss");
  assertInstanceOf(new TypeError("t"), Error);
  assertEquals(assertThrows(boom, RangeError, "long").message, "too long");
  assertEquals(assertThrows(text), "text", "without a class, anything may be thrown");
  assertEquals((await assertRejects(bust, RangeError, "long")).message, "too long");
});

Deno.test("where a message takes the place of what was compared, that is the cause", () => {
  const { message, cause } = assertThrows(() => assertLess(2, 1, "nats lost"), AssertionError);
  assertEquals(message, "nats lost");
  assert([undefined, "2, required < 1"].includes(cause as string), "the originals drop it");
});

const DIFF = "\n\n\n    [Diff] Actual / Expected\n\n\n";

/** What fails, and all that it says, but for colours and what is blank at the end. */
const FAILURES: [message: string, fails: () => unknown][] = [
  ["", () => assert(0)],
  ["why", () => assert(0, "why")],
  [`Values are not equal: why${DIFF}-   1\n+   2`, () => assertEquals(1, 2, "why")],
  [
    `Values are not equal.${DIFF}    [\n      1,\n-     2,\n+     3,\n    ]`,
    () => assertEquals([1, 2], [1, 3]),
  ],
  [`Values are not equal.${DIFF}    a\\n\n-   b\n+   c`, () => assertEquals("a\nb", "a\nc")],
  [
    "Expected actual: {\n  a: 0,\n} not to be: {\n  a: -0,\n}.",
    () => assertNotEquals({ a: 0 }, { a: -0 }),
  ],
  [`Values are not strictly equal.${DIFF}-   0\n+   -0`, () => assertStrictEquals(0, -0)],
  [
    "Values have the same structure but are not reference-equal: why\n\n    []",
    () => assertStrictEquals([], [], "why"),
  ],
  [
    'Expected actual: "1" to be close to "1.5e+0": delta "5e-1" is greater than "1.5e-7".',
    () => assertAlmostEquals(1, 1.5),
  ],
  [
    'Expected actual: "NaN" to be close to "1": delta "NaN" is greater than "10": why',
    () => assertAlmostEquals(Number.NaN, 1, 10, "why"),
  ],
  ["Expect 1 > 1", () => assertGreater(1, 1)],
  ["Expect NaN > 1", () => assertGreater(Number.NaN, 1)],
  ["why", () => assertGreaterOrEqual(1, 2, "why")],
  ["Expect NaN >= 1", () => assertGreaterOrEqual(Number.NaN, 1)],
  ["Expect 2 < 2", () => assertLess(2, 2)],
  ["Expect NaN < 1", () => assertLess(Number.NaN, 1)],
  ['Expect "b" <= "a"', () => assertLessOrEqual("b", "a")],
  ["Expect NaN <= 1", () => assertLessOrEqual(Number.NaN, 1)],
  ['Expected actual: "loss" to match: "/\\d/".', () => assertMatch("loss", /\d/)],
  ['Expected actual: "loss" to contain: "gain".', () => assertStringIncludes("loss", "gain")],
  [
    'Expected object to be an instance of "RangeError" but was "TypeError".',
    () => assertInstanceOf(new TypeError("t"), RangeError),
  ],
  ['Expected object to be an instance of "Map" but was "null".', () => assertInstanceOf(null, Map)],
  ['Expected object to be an instance of "Map" but was "string".', () => assertInstanceOf("", Map)],
  [
    'Expected object to be an instance of "Map" but was not an instanced object: why',
    () => assertInstanceOf(Map, Map, "why"),
  ],
  ["Expected function to throw.", () => assertThrows(sync)],
  ["Expected function to throw: why", () => assertThrows(sync, "why")],
  ["Expected function to throw.", () => assertThrows(sync, RangeError, "long")],
  ["Expected function to throw: why", () => assertThrows(sync, RangeError, "long", "why")],
  ["A non-Error object was thrown: why", () => assertThrows(text, RangeError, "long", "why")],
  [
    'Expected error to be instance of "TypeError", but was "TooLong": why',
    () => assertThrows(boom, TypeError, "long", "why"),
  ],
  [
    'Expected error message to include "short", but got "too long": why',
    () => assertThrows(boom, RangeError, "short", "why"),
  ],
  ["Expected function to reject.", () => assertRejects(none)],
  ["Expected function to reject: why", () => assertRejects(none, "why")],
  ["Expected function to reject: why", () => assertRejects(none, RangeError, "long", "why")],
  ["Function throws when expected to reject: why", () => assertRejects(boom, "why")],
  ["Function throws when expected to reject.", () => assertRejects(sync, RangeError)],
  [
    "A non-Error object was rejected.",
    () => assertRejects(() => Promise.reject("text"), RangeError),
  ],
  [
    'Expected error to be instance of "TypeError", but was "TooLong".',
    () => assertRejects(bust, TypeError),
  ],
  [
    'Expected error message to include "short", but got "too long".',
    () => assertRejects(bust, RangeError, "short"),
  ],
];

Deno.test("each assertion fails on what it forbids, and its message says why", async () => {
  for (const [message, fails] of FAILURES) {
    const error = await Promise.try(fails).then(() => undefined, (error) => error);
    assertInstanceOf(error, AssertionError, `${fails}`);
    // deno-lint-ignore no-control-regex
    const plain = error.message.replaceAll(/\x1b\[\d+m/g, "").trimEnd();
    assertStrictEquals(plain, message, `${fails}`);
  }
});

Deno.test("an AssertionError keeps its cause", () => {
  const cause = new Error("why");
  assertStrictEquals(new AssertionError("what", { cause }).cause, cause);
});
