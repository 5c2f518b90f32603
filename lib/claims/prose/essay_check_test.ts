import { assertEquals } from "@std/assert";
import { writer } from "./essay.ts";
import { essayProblems, MAIN_FIGURES, MAIN_WORDS, SHORT_WORDS } from "./essay_check.ts";
import { makeHandle } from "./handle.ts";
import { md } from "./prose.ts";

const it = makeHandle<{ loss: number }>("it-is-so");
const loss = it.max("loss");

/** The problems of an answer that is sound but for what is written. */
function problems(write: (author: ReturnType<typeof writer>) => void, question = ""): string[] {
  const author = writer();
  write(author);
  return essayProblems(author.essay(), question);
}

/** So many words. */
const words = (count: number) => ({ name: Array(count).fill("word").join(" ") });

Deno.test("an answer within its limits has no problem", () => {
  const found = problems(({ short, say, aside, caveat, part, wouldChange }) => {
    short`It is ${words(SHORT_WORDS - 2)}.`;
    say`It is so ${it}, by ${loss}.`;
    caveat`Here at least ${it}.`;
    aside`And ${
      words(MAIN_WORDS)
    }, by ${loss} ${loss} ${loss} ${loss} ${loss} ${loss} ${loss} ${loss}.`;
    part("And why?");
    short`Because.`;
    say`It follows ${it}.`;
    wouldChange`Another.`;
  });
  assertEquals(found, []);
});

Deno.test("a short answer is short, and has no figure", () => {
  const long = problems(({ short, say, wouldChange }) => {
    short`${words(SHORT_WORDS + 1)}`;
    say`So ${it}.`;
    wouldChange`Another.`;
  });
  assertEquals(long, ["The answer: a short answer has at most 60 words, got 61"]);
  const figure = problems(({ short, say, part, wouldChange }) => {
    short`By 7.`;
    say`So ${it}.`;
    part("Why?");
    short`By ${loss}.`;
    say`So ${it}.`;
    wouldChange`Another.`;
  });
  assertEquals(figure.map((problem) => problem.split(", got")[0]), [
    "The answer: a short answer has no figure in it but its question's",
    `The part "Why?": a short answer has no figure in it but its question's`,
  ]);
});

Deno.test("a short answer may repeat the figures of its question", () => {
  const found = problems(({ short, say, wouldChange }) => {
    short`No, of 768.`;
    say`So ${it}.`;
    wouldChange`Another.`;
  }, "Is it 768 wide?");
  assertEquals(found, []);
});

Deno.test("main text has its limits, in each part by itself", () => {
  const found = problems(({ short, say, part, wouldChange }) => {
    short`Yes.`;
    say`${words(MAIN_WORDS + 1)} ${it}`;
    part("Why?");
    short`So.`;
    for (let i = 0; i <= MAIN_FIGURES; i++) say`${loss}`;
    part("How?");
    wouldChange`Another.`;
  });
  assertEquals(found, [
    "The answer has 351 words of main text: at most 350",
    'The part "Why?" has 9 measured figures in its main text: at most 8',
    'The part "How?" has no short answer',
    'The part "How?" has no paragraph',
  ]);
});

Deno.test("every paragraph rests on a claim; an aside or a caveat may rest on a source", () => {
  const source = { title: "Lines", authors: "Euclid", year: -300 };
  const found = problems(({ short, say, aside, caveat }) => {
    short`Yes.`;
    say`So they say (${source}).`;
    aside`And say (${source}).`;
    caveat`Here at least.`;
  });
  assertEquals(found, [
    'The answer: a paragraph refers to no claim: "So they say (...)."',
    'The answer: a paragraph refers to no claim: "Here at least."',
    "The answer does not say what would change our mind",
  ]);
});

Deno.test("what an author wraps is one text", () => {
  const author = writer();
  author.say`It is
    so ${it}.`;
  const [{ paragraphs }] = author.essay().parts;
  assertEquals(paragraphs.map(({ kind }) => kind), ["say"]);
  assertEquals(
    paragraphs[0].prose,
    md`It is
    so ${it}.`,
  );
});
