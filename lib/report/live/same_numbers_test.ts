import { assertAlmostEquals, assertEquals } from "@std/assert";
import { sameNumbers } from "./same_numbers.ts";

Deno.test("numbers are compared place by place, bit for bit", () => {
  const measured = { a: 0.1, b: [1, 2, { c: 3 }], name: "x", none: null };
  assertEquals(sameNumbers(measured, structuredClone(measured)), { same: 4, of: 4, apart: 0 });
  const near = sameNumbers(measured, { ...measured, a: 0.1 + 2 ** -56 });
  assertEquals([near.same, near.of], [3, 4]);
  assertAlmostEquals(near.apart, 2 ** -56 / 0.1, 1e-20);
  assertEquals(sameNumbers(measured, { ...measured, b: [1, 2] }), { same: 3, of: 4, apart: 1 });
  assertEquals(sameNumbers(0, -0), { same: 0, of: 1, apart: 0 });
});

Deno.test("what has no counterpart is not the same, whatever its name", () => {
  assertEquals(sameNumbers({ toString: 1, length: 2 }, []), { same: 0, of: 2, apart: 1 });
  for (const nothing of [undefined, null, "1", 7]) {
    assertEquals(sameNumbers({ a: 1 }, nothing), { same: 0, of: 1, apart: 1 });
  }
});
