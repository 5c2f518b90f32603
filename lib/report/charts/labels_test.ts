import { assertEquals } from "@std/assert";
import { CHARACTER, shorten, wrapped } from "./labels.ts";

Deno.test("a text is broken between words, and loses none; a longer word is cut into lines", () => {
  const cases: [string, number, string[]][] = [
    ["a mask that opens halfway", 12, ["a mask that", "opens", "halfway"]],
    ["gpt", 12, ["gpt"]],
    ["", 12, [""]],
    ["an unbreakable word", 7, ["an", "unbreak", "able", "word"]],
    ["🙂🙂🙂🙂🙂🙂", 4, ["🙂🙂🙂🙂", "🙂🙂"]],
  ];
  for (const [text, characters, lines] of cases) {
    assertEquals(wrapped(text, characters * CHARACTER), lines, `"${text}" in ${characters}`);
  }
});

Deno.test("a label is cut between characters, with a mark where it was", () => {
  assertEquals(shorten("ünïcödé", 7), "ünïcödé", "what fits stays whole");
  assertEquals(shorten("one two three", 9), "one two…", "no blank before the mark");
  assertEquals(shorten("🙂🙂🙂", 2), "🙂…", "no character is halved");
});
