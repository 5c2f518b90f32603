import { assert, assertEquals } from "@std/assert";
import { shade } from "./shade.ts";

Deno.test("exactly zero has no shade, and the smallest other value has one", () => {
  const { opacity } = shade([0, 1e-9, 2]);
  assertEquals([opacity(0), opacity(2)], [0, 1], "zero and the greatest");
  assert(opacity(1e-9) >= 0.3, `a nudge must be seen: ${opacity(1e-9)}`);
  assertEquals(shade([0, 0]).opacity(0), 0, "and where there is nothing but zeros");
});

Deno.test("negative values have another colour", () => {
  const { colour, opacity } = shade([-2, 1]);
  assert(colour(-2) !== colour(1), "the sign is seen");
  assertEquals(opacity(-2), 1, "and its size");
});

Deno.test("on a logarithmic shade the middle power is halfway", () => {
  for (const power of [4, 300]) {
    const [least, middle] = [10 ** -power, 10 ** (-power / 2)];
    const { opacity } = shade([least, middle, 1], true);
    assertEquals(opacity(1), 1, "the greatest");
    assert(Math.abs(opacity(middle) - (opacity(least) + 1) / 2) < 1e-12, "between the ends");
  }
});

Deno.test("the key has a few stops between the ends: by powers where the shade is by powers", () => {
  const cases: [number[], boolean, string[]][] = [
    [[1, 4], false, ["1", "2", "3", "4"]],
    [[1e-3, 1], true, ["0.001", "0.01", "0.1", "1"]],
    [[5e-324, 1.7e308], true, ["4.94e-324", "1.6e-113", "5.2e97", "1.7e308"]],
    [[-4, -1, 2, 8], false, ["-4", "-1", "2", "8"]],
    [[5, 5], false, ["5"]],
    [[4.2101, 4.2102], false, ["4.2101", "4.2102"]],
    [[0, 1e-9, 2], false, ["1e-9", "0.67", "1.3", "2", "empty: exactly 0"]],
    [[0, 0], false, ["empty: exactly 0"]],
  ];
  for (const [values, log, labels] of cases) {
    assertEquals(shade(values, log).keys.map((key) => key.label), labels, `of ${values}`);
  }
});
