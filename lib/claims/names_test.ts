import { assertEquals } from "@std/assert";
import { answerTest, claimAnchor, isAnswerTest, letters, questionAnchor } from "./names.ts";

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
