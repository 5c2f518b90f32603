import { assert, assertEquals } from "@std/assert";
import { tinyRecipe } from "../training/testing/tiny_recipe.ts";
import { showTraining } from "./train_progress.ts";

/** What is written while a recipe of so many steps is followed. */
function written(steps: number, terminal: boolean): string[] {
  const lines: string[] = [];
  const show = showTraining(tinyRecipe({ steps }), { terminal, write: (text) => lines.push(text) });
  const optimizer = { weights: {}, means: {}, squares: {} };
  for (let step = 1; step <= steps; step++) {
    show({ optimizer: { ...optimizer, step }, losses: [1], seconds: 1 });
  }
  return lines;
}

Deno.test("without a terminal progress is twenty lines, fewer of short runs", () => {
  const steps = (total: number) =>
    written(total, false).map((line) => Number(/step (\d+)\//.exec(line)?.[1]));
  assertEquals(steps(7000).length, 20);
  assertEquals(steps(120), [50, 100, 120], "and the last step");
});

Deno.test("on a terminal it is one line that changes with each step", () => {
  const lines = written(3, true);
  assertEquals(lines.length, 3);
  for (const line of lines) {
    assert(line.startsWith("\r\x1b[Ktiny ["), "over the line before it");
    assert(!line.includes("\n"), "and left open");
  }
});
