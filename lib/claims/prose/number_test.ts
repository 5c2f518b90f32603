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

Deno.test("only an exact zero is written as zero", () => {
  for (let exponent = 1; exponent < 300; exponent += 7) {
    for (const digits of [undefined, 0, 2, 6]) {
      const text = formatNumber(10 ** -exponent, { digits });
      assertEquals(/^[0.]*$/.test(text), false, `1e-${exponent} was written as ${text}`);
    }
  }
});
