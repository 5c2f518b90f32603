import { assertEquals } from "@std/assert";
import { CHARACTER, lettering, wrapped } from "./labels.ts";

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

Deno.test("labels in lines say how much room they take, and whether a word was cut", () => {
  const letters = lettering(["both seeds of learned", "gpt"], 12 * CHARACTER);
  assertEquals(letters.of("both seeds of learned"), "both seeds\nof learned");
  assertEquals(
    [letters.width / CHARACTER, letters.lines, letters.cut],
    [10, 2, false],
    "room for the longest",
  );
  assertEquals(lettering(["unbreakable"], 6 * CHARACTER).cut, true);
  assertEquals(lettering(["a\n b"], 100).of("a\n b"), "a b", "a blank is a blank");
});
