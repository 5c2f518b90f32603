import { assertEquals, assertStringIncludes } from "@std/assert";
import { renderHtml } from "../html/page.ts";
import { renderMarkdown } from "../markdown/page.ts";
import { sampleClaim, sampleDocument, sampleQuestion } from "../testing/sample.ts";
import { notesSentence, ofQuestion } from "./words.ts";

Deno.test("what the notes say is told apart from what was found", () => {
  assertEquals(
    notesSentence("it cannot. ", "confirmed with a caveat"),
    "Notes taken while learning say: it cannot. Checked here: confirmed, with a caveat.",
  );
  assertEquals(
    notesSentence("yes", "corrected"),
    "Notes taken while learning say: yes. Checked here: corrected.",
  );
});

Deno.test("a question is not said to hold: its claims stand, or what is wrong is said", () => {
  assertEquals(ofQuestion("refuted"), "all claims stand");
  assertEquals(ofQuestion("not trusted"), "not trusted");
  const document = sampleDocument([sampleQuestion()]);
  const [page, markdown] = [renderHtml(document), renderMarkdown(document)];
  const badge = '<span aria-hidden="true">✓</span> all claims stand';
  assertEquals(page.split(badge).length, 3, "in the summary and at the question");
  assertStringIncludes(page, '<span aria-hidden="true">✓</span> holds', "claims keep theirs");
  assertStringIncludes(markdown, "✓ **all claims stand** ·", "at the question");
  assertStringIncludes(markdown, "✓ all claims stand | 1 of 1", "in the summary");
});

Deno.test("a question that fails says so in both places", () => {
  const claims = [sampleClaim({ verdict: "fails", reason: "it moved" })];
  const document = sampleDocument([sampleQuestion({ verdict: "fails", claims })]);
  assertEquals(renderHtml(document).includes("all claims stand"), false);
  assertStringIncludes(renderMarkdown(document), "✗ **fails** ·");
});

Deno.test("what links and nats mean is said before the first question", () => {
  const document = sampleDocument();
  const nats = "0 is certain; guessing blindly among n words costs ln n.";
  const page = renderHtml(document);
  assertStringIncludes(page.slice(0, page.indexOf("<article")), `leads to the claim it comes from`);
  assertStringIncludes(page.slice(0, page.indexOf("<article")), nats);
  const markdown = renderMarkdown(document);
  assertStringIncludes(markdown.slice(0, markdown.indexOf("## 10.")), nats);
});
