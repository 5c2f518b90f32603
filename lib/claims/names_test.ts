import { assertEquals } from "@std/assert";
import {
  answerTest,
  claimAnchor,
  isAnswerTest,
  isOneLine,
  letters,
  questionAnchor,
  repeated,
} from "./names.ts";

Deno.test("claims are lettered in the order of their file", () => {
  assertEquals([0, 1, 25, 26, 51, 52].map(letters), ["a", "b", "z", "aa", "az", "ba"]);
});

Deno.test("places on the page have two digits or more", () => {
  assertEquals([1, 13, 100].map(questionAnchor), ["question-01", "question-13", "question-100"]);
  assertEquals(claimAnchor(7, "mlp-is-local"), "07-mlp-is-local");
});

Deno.test("the test of an answer is told from that of a claim", () => {
  assertEquals(["Why?", "the answer to it"].map(isAnswerTest), [false, false]);
  assertEquals(isAnswerTest(answerTest("Why?")), true);
});

Deno.test("a name is one line with something on it", () => {
  for (const name of ["Why?", "a  b", "768 × 50,000", "W_QK"]) assertEquals(isOneLine(name), true);
  for (
    const name of ["", " ", "a\nb", "a\rb", "a\tb", "a\u2028b", "a\u0085b", "\x1b[31ma", "a\0"]
  ) {
    assertEquals(isOneLine(name), false, JSON.stringify(name));
  }
});

Deno.test("what occurs more than once is told, once", () => {
  assertEquals(repeated(["a", "b", "a", "c", "a", "c"]), ["a", "c"]);
});
