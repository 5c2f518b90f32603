import { assertEquals } from "@std/assert";
import { sumsInWords } from "./sums.ts";

Deno.test("rows that add up to 1 but for rounding are said to, and others by how much they do not", () => {
  const rows = (last: number) => [[1, 0], [0.5, last]];
  assertEquals(sumsInWords(rows(0.5)), "Each row adds up to 1.");
  assertEquals(sumsInWords(rows(0.5 + 2 ** -22)), "Each row adds up to 1.");
  assertEquals(
    sumsInWords(rows(0.75)),
    "Not every row adds up to 1: one departs from it by 0.25, and rounding makes 2.4e-7 at most.",
  );
});
