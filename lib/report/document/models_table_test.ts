import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { renderHtml } from "../html/page.ts";
import { renderMarkdown } from "../markdown/page.ts";
import { byMaking, modelsTable } from "./models_table.ts";
import { sampleDocument, sampleQuestion } from "../testing/sample.ts";

Deno.test("models are listed by origin, families with how many they are", () => {
  const table = modelsTable([
    { name: "random ones", origin: "random", about: "small", size: 5 },
    { name: "echo", origin: "built" },
    { name: "gpt", origin: "trained", about: "four layers" },
  ]);
  assertEquals(table.rows, [
    ["gpt", "four layers", "trained"],
    ["echo", "", "built"],
    ["random ones (5 models)", "small", "random"],
  ]);
});

Deno.test("a model that two questions ask is introduced once, after the questions", () => {
  const document = sampleDocument([sampleQuestion(), sampleQuestion({ number: 11 })]);
  const markdown = renderMarkdown(document);
  const row = "| gpt | four layers on English prose | trained |";
  assertEquals(markdown.split(row).length, 2, "one row in the Markdown");
  assertMatch(markdown, /## Summary\n[^]+\(#models\)[^]+id="question-10"[^]+## The models\n/);
  const page = renderHtml(document);
  assertEquals(page.split("four layers on English prose").length, 2, "one row on the page");
  assertMatch(page, /id="summary"[^]+href="#models"[^]+id="question-10"[^]+id="models"/);
});

Deno.test("models that were changed on purpose have a table of their own, to be opened", () => {
  const broken = { name: "gpt, lifted", origin: "built", about: "gpt, changed: up", from: "gpt" };
  const models = [...sampleQuestion().models, broken];
  const document = sampleDocument([sampleQuestion({ models })]);
  const { plain, changed } = byMaking(models);
  assertEquals([plain.rows.length, changed.rows], [2, [[
    "gpt, lifted",
    "gpt, changed: up",
    "built",
  ]]]);
  assertMatch(renderHtml(document), /<summary>Those that were changed[^]+gpt, changed: up/);
  assertMatch(renderMarkdown(document), /<summary>Those that were changed[^]+gpt, changed: up/);
});

Deno.test("a report without models has no section for them", () => {
  const document = sampleDocument([sampleQuestion({ models: [] })]);
  assertEquals(renderHtml(document).includes("The models"), false);
  assertEquals(renderMarkdown(document).includes("The models"), false);
});

Deno.test("what a model is called or is said to be cannot reach out of its cell", () => {
  const models = [{ name: "a|b", origin: "built", about: "<b>bold</b>" }];
  const document = sampleDocument([sampleQuestion({ models })]);
  assertStringIncludes(renderMarkdown(document), "| a\\|b | &lt;b\\>bold&lt;/b\\> | built |");
  assertStringIncludes(renderHtml(document), "&lt;b&gt;bold&lt;/b&gt;");
});
