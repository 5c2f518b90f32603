import { assertEquals } from "@std/assert";
import { count, extent, formatNumber, formatRange } from "./numbers.ts";

Deno.test("numbers show four significant digits, very small and large ones an exponent", () => {
  const cases: [number, string][] = [
    [0, "0"],
    [-3, "-3"],
    [124_439_808, "1.24e8"],
    [50_257, "50257"],
    [0.123456, "0.1235"],
    [2.5, "2.5"],
    [3.14159e-7, "3.14e-7"],
    [1e-4, "1e-4"],
    [-0.00012, "-1.2e-4"],
    [0.001, "0.001"],
    [1e21, "1e21"],
  ];
  for (const [value, text] of cases) assertEquals(formatNumber(value), text, `${value}`);
});

Deno.test("a range of equal numbers is one number", () => {
  assertEquals(formatRange([0, 0, 0]), "0", "three zeros");
  assertEquals(formatRange([2, 0.5, 1]), "0.5 to 2", "in any order");
});

Deno.test("the extent of a long list does not overflow the stack", () => {
  const long = Array.from({ length: 500_000 }, (_, i) => i);
  assertEquals(extent(long), [0, 499_999], "half a million numbers");
});

Deno.test("a count agrees with its noun", () => {
  assertEquals([count(0, "claim"), count(1, "claim"), count(2, "claim")], [
    "0 claims",
    "1 claim",
    "2 claims",
  ], "only one is singular");
});
