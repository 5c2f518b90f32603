import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DOMParser } from "linkedom";
import * as sample from "../testing/sample.ts";
import { contentsPreview, previewFile, questionPreview } from "./preview.ts";

function texts(picture: string): string[] {
  const found = new DOMParser().parseFromString(picture, "image/svg+xml");
  return [...found.querySelectorAll("text")].map((text) => text.textContent!);
}

Deno.test("a question's picture has the question, its short answer and the verdict", () => {
  const said = texts(questionPreview(sample.document().questions[0]));
  assertEquals(said, [
    "Why can't an MLP layer move",
    "information between tokens?",
    "Because it is applied to each position alone.",
    "all claims stand, 1 of 1 claim",
  ]);
  assertEquals(previewFile("03-few-paths.html"), "previews/03-few-paths.png");
});

Deno.test("a long answer is cut with a sign, and the list of questions has a picture, too", () => {
  const short = "word ".repeat(500);
  const document = sample.document([sample.question({ short, verdict: "fails" })]);
  const said = texts(questionPreview(document.questions[0]));
  assert(said.length < 14, "no more than there is room for");
  assert(said.at(-2)!.endsWith(" …"), said.at(-2));
  assertStringIncludes(texts(contentsPreview(document)).at(-1)!, "not everything stands");
});

Deno.test("hostile texts stay texts", () => {
  const picture = questionPreview(sample.document([sample.hostile()]).questions[0]);
  assert(!/<(script|img|image|a)\b/.test(picture), "no element of theirs");
});
