import { assertEquals } from "@std/assert";
import type { ShownRun } from "./claim.ts";
import { panels } from "./panels.ts";

Deno.test("a matrix becomes cells, under the control's name or else the model's", () => {
  const about = { model: "m", origin: "built" };
  const run: ShownRun<number[][]> = { ...about, role: "subject", evidence: [[1, 2], [3, 4]] };
  const broken: typeof run = { ...about, role: "control", control: "no mask", evidence: [[5]] };
  assertEquals(panels([run, broken], (evidence) => evidence), [
    { x: 0, y: 0, value: 1, series: "m" },
    { x: 1, y: 0, value: 2, series: "m" },
    { x: 0, y: 1, value: 3, series: "m" },
    { x: 1, y: 1, value: 4, series: "m" },
    { x: 0, y: 0, value: 5, series: "no mask" },
  ]);
});
