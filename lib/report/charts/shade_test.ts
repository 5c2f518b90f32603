import { assert, assertEquals } from "@std/assert";
import { inkOn, shade } from "./shade.ts";

Deno.test("the scale starts at the paper's colour: next to nothing looks like nothing", () => {
  const { opacity } = shade([0, 1e-12, 1, 2]);
  assertEquals([opacity(0), opacity(1), opacity(2)], [0, 0.5, 1]);
  assert(opacity(1e-12) < 1e-11);
  assertEquals(shade([0, 0]).opacity(0), 0, "and where there is nothing but zeros");
});

Deno.test("signed values go both ways from zero, on one scale", () => {
  const { colour, opacity } = shade([-0.45, -0.00014, 0.9]);
  assert(colour(-0.45) !== colour(0.9), "the sign is seen");
  assertEquals([opacity(-0.45), opacity(0.9)], [0.5, 1], "and the size");
  assert(opacity(-0.00014) < 0.001, "small ones differ from large ones");
});

Deno.test("on a logarithmic shade the middle power is halfway", () => {
  for (const power of [4, 300]) {
    const [least, middle] = [10 ** -power, 10 ** (-power / 2)];
    const { opacity } = shade([least, middle, 1], true);
    assertEquals([opacity(least), opacity(1)], [0, 1], "the ends");
    assert(Math.abs(opacity(middle) - 0.5) < 1e-12, "between them");
  }
});

Deno.test("the legend has round numbers: powers of ten where the shade is by powers", () => {
  const cases: [number[], boolean, string[]][] = [
    [[1, 4], false, ["1", "2", "3", "4"]],
    [[6.79e-6, 13.54], false, ["5", "10"]],
    [[1e-3, 1], true, ["0.001", "0.01", "0.1", "1"]],
    [[2.3e-7, 0.8], true, ["1e-5", "0.001", "0.1"]],
    [[3, 5], true, ["3", "3.5", "4", "4.5", "5"]],
    [[5e-324, 1.7e308], true, ["1e-114", "1e97", "1e308"]],
    [[-4, -1, 2, 8], false, ["-4", "-2", "2", "4", "6", "8"]],
    [[-0.00014, 0.45], false, ["0.2", "0.4"]],
    [[-0.043, 0.9], false, ["-0.04", "0.5"]],
    [[5, 5], false, ["2", "4"]],
    [[0, 0], false, []],
  ];
  for (const [values, log, labels] of cases) {
    assertEquals(shade(values, log).keys.map((key) => key.label), labels, `of ${values}`);
  }
});

Deno.test("letters on a strong shade are the paper's colour", () => {
  assertEquals([0, 0.5, 1].map(inkOn), ["var(--ink)", "var(--ink)", "var(--paper)"]);
});
