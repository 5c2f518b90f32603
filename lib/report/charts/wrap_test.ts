import { assertEquals } from "@std/assert";
import { wrapped } from "./wrap.ts";

Deno.test("a text is broken between words, and loses none of them", () => {
  assertEquals(wrapped("a mask that opens halfway", 12), ["a mask that", "opens", "halfway"]);
  assertEquals(wrapped("gpt", 12), ["gpt"], "what fits stays whole");
  assertEquals(wrapped("", 12), [""], "nothing is one empty line");
});

Deno.test("a word that is longer than a line is cut into lines", () => {
  assertEquals(wrapped("an unbreakable word", 7), ["an", "unbreak", "able", "word"]);
});
