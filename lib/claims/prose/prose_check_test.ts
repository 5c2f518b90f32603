import { assertEquals } from "@std/assert";
import { makeHandle } from "./handle.ts";
import { md, type Prose } from "./prose.ts";
import { typedDigits, wordsWithDigits } from "./prose_check.ts";

const it = makeHandle<{ at: number }>("through-zero");
const figure = it.max("at");

Deno.test("a digit typed into prose is found, with what it stands in", () => {
  const cases: [Prose, string[]][] = [
    [md`It is 3 and 0.31, at ${figure}.`, ["3", "0.31,"]],
    [md`It is [0.31](#10-x).`, ["[0.31]."]],
    [md`It is [0.31].`, ["[0.31]."]],
    [md`It is gpt-25 on gpt-2xl.`, ["gpt-25", "gpt-2xl."]],
    [md`It is ٣.`, ["٣."]],
  ];
  for (const [prose, found] of cases) assertEquals(typedDigits(prose, ["gpt-2"]), found);
});

Deno.test("digits are allowed in code, link targets, citations, lists and what is named", () => {
  const allowed = [
    md`As \`n = 3\` has it.`,
    md`
      \`\`\`ts
      const n = 3;
      \`\`\`
    `,
    md`See [there](https://example.com/2020/1).`,
    md`See [Elhage et al. 2021] and [Press et al. 2021a].`,
    md`On gpt-2, and on gpt-2-xl.`,
    md`It has 50,000 words.`,
    md`Twice:

      1. once ${it}
      2. again ${it}`,
    md`${figure}`,
  ];
  for (const prose of allowed) {
    assertEquals(typedDigits(prose, ["gpt-2", "gpt-2-xl", "50,000"]), [], prose.typed.join("…"));
  }
});

Deno.test("a number of the question is not taken out of the middle of another", () => {
  assertEquals(typedDigits(md`It is 15 or 1.5, not 1.`, ["1"]), ["15", "1.5,"]);
});

Deno.test("an answer may repeat the words with digits of its question", () => {
  assertEquals(wordsWithDigits("GPT-2 small's stream: is it a 768 x 50,000 tensor?"), [
    "GPT-2",
    "768",
    "50,000",
  ]);
});
