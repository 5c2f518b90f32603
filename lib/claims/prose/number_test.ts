import { assertEquals } from "@std/assert";
import { formatNumber, type NumberFormat } from "./number.ts";

Deno.test("numbers are written to be read", () => {
  const cases: [number, NumberFormat, string][] = [
    [0, {}, "0"],
    [0, { digits: 2 }, "0"],
    [-0, {}, "0"],
    [124439808, {}, "124,439,808"],
    [0.31416, {}, "0.314"],
    [2.5, {}, "2.5"],
    [1234.5678, {}, "1,235"],
    [0.31416, { digits: 2 }, "0.31"],
    [3, { digits: 2 }, "3.00"],
    [-1.005, { digits: 1 }, "-1.0"],
    [3.14e-7, {}, "3.1e-7"],
    [3.14e-7, { digits: 2 }, "3.1e-7"],
    [0.004, { digits: 2 }, "4.0e-3"],
    [0.005, { digits: 2 }, "0.01"],
    [1.16, { digits: 2, unit: "nats" }, "1.16 nats"],
    [0.25, { percent: true }, "25%"],
    [0.98765, { percent: true, digits: 1 }, "98.8%"],
  ];
  for (const [value, format, text] of cases) {
    assertEquals(formatNumber(value, format), text, `${value} as ${JSON.stringify(format)}`);
  }
});

Deno.test("a bound is rounded outward, and by no more than its last digit", () => {
  const cases: [number, NumberFormat, string, string][] = [
    [0.446, { digits: 2 }, "0.45", "0.44"],
    [2.5, { digits: 1 }, "2.5", "2.5"],
    [0.29, { percent: true, digits: 0 }, "29%", "29%"],
    [0.1 + 0.2, { digits: 1 }, "0.3", "0.3"],
    [-1.26, { digits: 1 }, "-1.2", "-1.3"],
    [3.14e-7, {}, "3.2e-7", "3.1e-7"],
    [0.007, { digits: 2 }, "0.01", "7.0e-3"],
    [1234.5, {}, "1,235", "1,234"],
    [64, {}, "64", "64"],
    [0, { digits: 2 }, "0", "0"],
  ];
  for (const [value, format, up, down] of cases) {
    const both = [formatNumber(value, format, "up"), formatNumber(value, format, "down")];
    assertEquals(both, [up, down], `${value} as ${JSON.stringify(format)}`);
  }
});

Deno.test("only an exact zero is written as zero", () => {
  for (let exponent = 1; exponent < 300; exponent += 7) {
    for (const digits of [undefined, 0, 2, 6]) {
      const text = formatNumber(10 ** -exponent, { digits });
      assertEquals(/^[0.]*$/.test(text), false, `1e-${exponent} was written as ${text}`);
    }
  }
});
