import { assert, assertEquals } from "@std/assert";
import type { TrainingState } from "../../training/loop.ts";
import { tinyRecipe } from "../../training/testing/tiny_recipe.ts";
import { showTraining } from "./progress.ts";

const after = (step: number, seconds: number, losses: number[]): TrainingState => ({
  optimizer: { step, weights: {}, means: {}, squares: {} },
  losses,
  seconds,
});

/** What is written in these states of a recipe of so many steps; 12 tokens a step. */
function written(steps: number, terminal: boolean, states: TrainingState[]): string[] {
  const lines: string[] = [];
  const show = showTraining(tinyRecipe({ steps }), { terminal, write: (text) => lines.push(text) });
  states.forEach(show);
  return lines;
}

/** After each of all steps. */
const each = (steps: number) => Array.from({ length: steps }, (_, i) => after(i + 1, 1, [1]));

Deno.test("without a terminal progress is twenty lines, fewer of short runs", () => {
  const steps = (total: number) =>
    written(total, false, each(total)).map((line) => Number(/step (\d+)\//.exec(line)?.[1]));
  assertEquals(steps(7000).length, 20);
  assertEquals(steps(120), [50, 100, 120], "and the last step");
});

Deno.test("on a terminal it is one line that changes with each step", () => {
  const lines = written(3, true, each(3));
  assertEquals(lines.length, 3);
  for (const line of lines) {
    assert(line.startsWith("\r\x1b[Ktiny ["), "over the line before it");
    assert(!line.includes("\n"), "and left open");
  }
});

Deno.test("a line has a bar, the step, the loss, the speed and the time left", () => {
  // A quarter of the steps in 20 seconds: 60 more. 60 steps of 2 rows of 6 tokens are 720.
  assertEquals(written(240, true, [after(60, 20, [2, 3, 4])]), [
    "\r\x1b[Ktiny [######------------------] step 60/240  loss 3.000  36 tokens/s  1 min left",
  ]);
});

Deno.test("the bar is full when all is done and not before", () => {
  const states = [1, 10, 239, 240].map((step) => after(step, 1, [1]));
  assertEquals(written(240, true, states).map((line) => /#*-*(?=\])/.exec(line)![0]), [
    "-".repeat(24),
    "#" + "-".repeat(23),
    "#".repeat(23) + "-",
    "#".repeat(24),
  ]);
});

Deno.test("the loss is the mean of the last fifty steps", () => {
  const losses = [...Array(70).fill(9), ...Array(25).fill(1), ...Array(25).fill(2)];
  const [line] = written(240, true, [after(120, 10, losses)]);
  assertEquals(/loss \S+/.exec(line)?.[0], "loss 1.500");
});
