import { assertEquals } from "@std/assert";
import { coloured, column, cut, sizeOf } from "./look.ts";

const write = () => {};

Deno.test("a line is cut to its width, and nothing in it reaches the terminal", () => {
  assertEquals(cut("just as long", 12), "just as long");
  assertEquals(cut("a bit too long", 12), "a bit too l…");
  assertEquals(cut("\x1b[2Jtwo\nlines\x07", 20), "two lines␇");
  assertEquals([column("a", 3), column("abcd", 3)], ["a  ", "ab…"]);
});

Deno.test("a verdict has its colour where colours are wanted", () => {
  const colours = { terminal: true, colours: true, write };
  assertEquals(coloured("x", "refuted", colours), "\x1b[32mx\x1b[0m");
  assertEquals(coloured("x", "broken", colours), "\x1b[31mx\x1b[0m");
  assertEquals(coloured("x", "broken", { terminal: true, write }), "x", "and none otherwise");
});

Deno.test("what is no terminal, or one that does not know its size, is as large as usual", () => {
  assertEquals(sizeOf({ terminal: false, write }), { columns: 80, rows: 24 });
  const size = () => ({ columns: 0, rows: 50 });
  assertEquals(sizeOf({ terminal: true, write, size }), { columns: 80, rows: 50 });
});
