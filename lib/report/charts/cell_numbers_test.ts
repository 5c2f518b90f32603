import { assertEquals } from "@std/assert";
import { cellNumbers } from "./cell_numbers.ts";

Deno.test("cells have as many decimals as tell the largest well, and only zero is 0", () => {
  const cases: [values: number[], log: boolean, printed: string[]][] = [
    [[1, -0.98, 0.004, 0, -0.001], false, ["1.00", "-0.98", "0.00", "0", "0.00"]],
    [[13.54, 0.333], false, ["13.5", "0.3"]],
    [[0.0456, -0.01], false, ["0.0456", "-0.0100"]],
    [[1234.5, 3], false, ["1235", "3"]],
    [[12, 3], false, ["12", "3"]],
    [[1e-9, 3e-8], false, ["1e-9", "3e-8"]],
    [[1.5e8, 0.5], false, ["1.5e8", "0.5"]],
    [[0.00123, 7.77], true, ["0.0012", "7.8"]],
    [[0], false, ["0"]],
  ];
  for (const [values, log, printed] of cases) {
    assertEquals(values.map(cellNumbers(values, log)), printed, `of ${values}`);
  }
});
