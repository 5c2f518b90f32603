import { assert, assertEquals, assertMatch } from "@std/assert";
import { GLOSSARY } from "./glossary.ts";
import { linkTerms, termAnchor, termsIn } from "./terms.ts";

const link = (text: string, ...before: string[]) => linkTerms(text, new Set(before));

Deno.test("a term is linked where it first stands, in any of its forms", () => {
  assertEquals(
    link("Heads read the residual stream. A head writes to the stream."),
    "[Heads](#term-head) read the [residual stream](#term-residual-stream). " +
      "A head writes to the stream.",
  );
  assertEquals(
    link("Queries and an ablated head.", "head"),
    "[Queries](#term-query) and an " +
      "[ablated](#term-ablation) head.",
  );
});

Deno.test("the longest term wins, and no part of a longer word is one", () => {
  assertEquals(link("an induction head"), "an [induction head](#term-induction-head)");
  const parts = "ahead, key-value, tokenizer, multi-head";
  assertEquals(link(parts), parts);
});

Deno.test("code, links and references are left as they are", () => {
  const text = "`head` and [a head](#10-x) [b], [0.3](#10-token)";
  assertEquals(link(text), text);
});

Deno.test("terms are found in captions, each once", () => {
  assertEquals([...termsIn("Two heads and a head's pattern")], ["head", "pattern"]);
});

Deno.test("the glossary has each term once, in order, with a sentence or two", () => {
  const names = GLOSSARY.map(({ term }) => term);
  assertEquals(names, names.toSorted((a, b) => a.localeCompare(b, "en")));
  assertEquals(new Set(GLOSSARY.map(termAnchor)).size, GLOSSARY.length);
  for (const { term, means } of GLOSSARY) {
    assertMatch(means, /^[A-Z].*\.$/, term);
    assert(
      means.split(/(?<=[.:]) /).length <= 3 && means.length < 240,
      `${term} is explained shortly`,
    );
  }
});
