import { assertEquals } from "@std/assert";
import { waiting } from "./file_progress.ts";
import { fileLine, progressLines } from "./progress_lines.ts";

const screen = { terminal: true, write: () => {}, size: () => ({ columns: 60, rows: 5 }) };
const still = waiting("spec/01_a_test.ts");
const running = { claims: 3, statement: "A statement that is too long for it", since: 10 };

Deno.test("a line says how a question goes: which, how many claims of how many, seconds, at what", () => {
  const name = "01 a".padEnd(30);
  const lines = [
    still,
    { ...still, done: 1, running },
    { ...still, done: 3, seconds: 7, over: true },
    { ...still, done: 3, seconds: 7, failed: 1, over: true },
  ].map((progress) => fileLine(progress, screen, 14.6));
  assertEquals(lines, [
    "       01 a",
    `       ${name} 1/3   5 s    A state…`,
    `ok     ${name} 3/3   7 s`,
    `FAILED ${name} 3/3   7 s`,
  ]);
  const line = fileLine({ ...still, done: 3, over: true }, { ...screen, colours: true });
  assertEquals(line, `\x1b[32mok    \x1b[0m ${name} 3/3   0 s`, "and its word may have a colour");
});

Deno.test("where there are more questions than rows, those that run or went wrong are shown", () => {
  const over = { ...still, done: 1, over: true };
  const lines = progressLines([still, over, { ...still, running }, over], screen, 0);
  assertEquals(lines.map((line) => line.slice(0, 29).trim()), [
    "01 a",
    "2 of 4 questions are done",
  ], "a screen of five rows keeps two free");
  assertEquals(progressLines([still, over], screen, 0).length, 2, "otherwise all");
});
