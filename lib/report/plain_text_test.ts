import { assertEquals } from "@std/assert";
import { harmless, oneLine } from "./plain_text.ts";

Deno.test("escape codes go, other control characters become signs, lines end as they do here", () => {
  const cases: [text: string, plain: string][] = [
    ["\x1b[1m\x1b[31merror\x1b[0m: \x1b[38;5;245m(12ms)", "error: (12ms)"],
    ["\x1b]0;a title\x07b\x1b]8;;https://a.b\x1b\\link", "blink"],
    ["a\r\nb\rc\td", "a\nb\nc\td"],
    ["\0\x07\x1b\x7f\x9b", "␀␇␛␡\ufffd"],
    ["\ud83d\ude42 \ud83d", "\ud83d\ude42 \ufffd"],
    ["ünïcödé 漢字 [31m", "ünïcödé 漢字 [31m"],
  ];
  for (const [text, plain] of cases) assertEquals(harmless(text), plain, JSON.stringify(text));
});

Deno.test("plain data is cleaned at any depth, names too, and is otherwise the same", () => {
  const data = { "a\0": [{ b: "\x1b[31mred" }, 1.5, null, true], none: undefined };
  assertEquals(harmless<unknown>(data), { "a␀": [{ b: "red" }, 1.5, null, true], none: undefined });
});

Deno.test("a text on one line has single blanks where it was broken", () => {
  assertEquals(oneLine("a\n\tb  c\u2028d"), "a b c d");
});
