import { assertSpyCalls, spy } from "@std/testing/mock";
import { assertEquals, AssertionError, assertStrictEquals, assertThrows } from "@std/assert";

Deno.test("a spy does what its function does and remembers each call", () => {
  const double = spy((n: number) => 2 * n);
  assertEquals(double(4), 8);
  assertEquals(double.calls[0].args, [4]);
  assertEquals(double.calls[0].returned, 8);
  assertSpyCalls(double, 1);
  assertThrows(
    () => assertSpyCalls(double, 2),
    AssertionError,
    "Spy not called as much as expected:\n",
  );
  assertThrows(() => assertSpyCalls(double, 0), AssertionError, "Spy called more than expected:\n");
});

Deno.test("a call that throws is remembered too", () => {
  const failing = spy((): number => {
    throw new RangeError("too long");
  });
  const error = assertThrows(failing, RangeError, "too long");
  assertStrictEquals(failing.calls[0].error, error);
  assertSpyCalls(failing, 1);
});
