import { assertSpyCalls, spy } from "@std/testing/mock";
import { assertEquals, AssertionError, assertThrows } from "@std/assert";

Deno.test("a spy does what its function does and remembers each call", () => {
  const double = spy((n: number) => 2 * n);
  assertEquals(double(4), 8);
  assertEquals(double.calls[0].args, [4]);
  assertEquals(double.calls[0].returned, 8);
  assertSpyCalls(double, 1);
  assertThrows(() => assertSpyCalls(double, 2), AssertionError, "1");
});
