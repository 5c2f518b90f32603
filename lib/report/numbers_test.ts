import { assertEquals } from "@std/assert";
import {
  compactNumber,
  compactRange,
  count,
  distinctNumbers,
  exactNumber,
  extent,
} from "./numbers.ts";

Deno.test("numbers show four significant digits, very small and large ones an exponent", () => {
  const cases: [value: number, compact: string, exact?: string][] = [
    [0, "0"],
    [-0, "0"],
    [-3, "-3"],
    [124_439_808, "1.24e8", "1.24439808e8"],
    [50_257, "50257"],
    [0.123456, "0.1235", "0.123456"],
    [2.5, "2.5"],
    [3.14159e-7, "3.14e-7", "3.14159e-7"],
    [1e-4, "1e-4"],
    [-0.00012, "-1.2e-4"],
    [0.001, "0.001"],
    [1e21, "1e21"],
    [5e-324, "4.94e-324", "5e-324"],
    [1.7976e308, "1.8e308", "1.7976e308"],
  ];
  for (const [value, compact, exact = compact] of cases) {
    assertEquals([compactNumber(value), exactNumber(value)], [compact, exact], `${value}`);
  }
});

Deno.test("numbers that differ are told apart, and compact where they can be", () => {
  assertEquals(distinctNumbers([0.123456, 2, 2]), ["0.1235", "2", "2"], "far from one another");
  assertEquals(distinctNumbers([4.21011, 4.21012]), ["4.21011", "4.21012"], "near");
});

Deno.test("a range of equal numbers is one number", () => {
  assertEquals(compactRange([0, 0, 0]), "0", "three zeros");
  assertEquals(compactRange([2, 0.5, 1]), "0.5 to 2", "in any order");
});

Deno.test("the extent of a long list does not overflow the stack", () => {
  const long = Array.from({ length: 500_000 }, (_, i) => i);
  assertEquals(extent(long), [0, 499_999], "half a million numbers");
});

Deno.test("a count agrees with its noun", () => {
  const counts = [0, 1, 2].map((n) => count(n, "claim"));
  assertEquals(counts, ["0 claims", "1 claim", "2 claims"], "only one is singular");
});
