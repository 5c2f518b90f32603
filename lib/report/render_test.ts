import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { drawFigure } from "./charts/chart.ts";
import type { Document } from "./document/document.ts";
import { renderFiles } from "./render.ts";
import * as sample from "./testing/sample.ts";

/** What a reader reads of a document, blanks aside: the pages in order, and the Markdown. */
function texts(document: Document): string[] {
  const files = [...renderFiles(document)];
  const pages = files.filter(([name]) => name.endsWith(".html")).toReversed();
  const markdown = files.filter(([name]) => name === "answers.md");
  return [pages, markdown].map((each) =>
    each.map(([, text]) => text).join("").replace(/\s+/g, " ")
  );
}

/** Asserts that both have this. */
function assertBoth(document: Document, expected: string | RegExp): void {
  for (const text of texts(document)) {
    if (typeof expected === "string") assertStringIncludes(text, expected);
    else assertMatch(text, expected);
  }
}

/** Asserts that neither has this. */
function assertNeither(document: Document, unwanted: string): void {
  for (const text of texts(document)) assert(!text.includes(unwanted), unwanted);
}

Deno.test("a report is pages, the same in Markdown, the same as data, and the pictures", () => {
  const document = sample.document([sample.question()], {}, drawFigure);
  assertEquals([...renderFiles(document).keys()], [
    "figures/question-10-schematic.svg",
    "figures/10-mlp-is-local-figure-1.svg",
    "answers.schema.json",
    "answers.json",
    "answers.md",
    "10-mlp-moves-nothing.html",
    "index.html",
  ]);
  const [own] = sample.claim().controls;
  const controls = [{ ...own, figures: [sample.figure("dots")] }];
  const controlled = sample.document(
    [sample.question({ claims: [sample.claim({ controls })] })],
    {},
    drawFigure,
  );
  const broken = "figures/10-mlp-is-local-control-1-figure-1";
  assertEquals([...renderFiles(controlled).keys()].slice(2, 4), [
    `${broken}-wide.svg`,
    `${broken}-narrow.svg`,
  ]);
  const undrawn = () => {
    throw new Error("no room");
  };
  assertNeither(sample.document([sample.question()], {}, undrawn), "<svg");
});

Deno.test("no file has an escape code or another control character, whatever a record says", () => {
  const control = "\x1b[31mred\x1b[0m\x1b]0;title\x07 \x00\x07\x7f\x9b31m\u2028\r\n\t\ud800";
  const document = sample.document([sample.hostile(control)], { problems: [control] }, drawFigure);
  for (const [name, text] of renderFiles(document)) {
    // deno-lint-ignore no-control-regex
    assertEquals(/[\0-\x08\v\f\r\x0e-\x1f\x7f-\x9f]|\\u00[019]|\[31m/.exec(text), null, name);
    assert(text.isWellFormed(), `${name} has half a character`);
  }
  assertBoth(document, "red ␀␇␡");
});

Deno.test("what it means to stand, and that controls come out the other way, is said", () => {
  const document = sample.document();
  assertBoth(document, "A claim stands where its verdict is holds, refuted or not applicable.");
  assertBoth(document, "where it must come out the other way");
  assertNeither(document, "come out wrong"); // which would be untrue of beliefs that are refuted
});

Deno.test("what links and nats mean is said before the first question", () => {
  for (const text of texts(sample.document())) {
    const before = text.slice(0, text.search(/<article|## 10\./));
    assertStringIncludes(before, "leads to the claim it comes from");
    assertStringIncludes(before, "0 is certain; guessing blindly among n words costs ln n.");
  }
});

Deno.test("a question's claims stand or it fails, in the summary and at the question", () => {
  const [page, markdown] = texts(sample.document());
  const badge = '<span aria-hidden="true">✓</span> all claims stand';
  assertEquals(page.split(badge).length, 3, "on either page");
  assertStringIncludes(page, '<span aria-hidden="true">✓</span> holds', "claims keep theirs");
  assertStringIncludes(markdown, "✓ **all claims stand** ·", "at the question");
  assertStringIncludes(markdown, "✓ all claims stand, 1 of 1 claim", "in the table of contents");
  const claims = [sample.claim({ verdict: "fails", reason: "it moved" })];
  const fallen = sample.document([sample.question({ verdict: "fails", claims })]);
  assertNeither(fallen, "all claims stand");
  assertStringIncludes(texts(fallen)[1], "✗ **fails** ·");
});

Deno.test("a wrong belief is called one where it is stated, and a claim is not", () => {
  const wrong = sample.claim({ id: "wrong", direction: "refuted", verdict: "refuted" });
  const document = sample.document([sample.question({ claims: [sample.claim(), wrong] })]);
  assertBoth(document, /\*\*\[a\]\*\* an MLP's output|"ordinal">a<\/span> an MLP/);
  assertBoth(
    document,
    /\*\*\[b\]\*\* Wrong belief: an MLP|"ordinal">b<\/span> Wrong belief: an MLP/,
  );
});

Deno.test("a document without questions is still one", () => {
  assertBoth(sample.document([]), "There are no questions, so nothing was checked.");
});

Deno.test("a model that two questions ask is introduced once", () => {
  const document = sample.document([sample.question(), sample.question({ number: 11 })]);
  for (const text of texts(document)) {
    assertEquals(text.split("four layers on English prose").length, 2, "one row");
  }
  assertBoth(document, /in short.+#models.+id="models"/);
});

Deno.test("models that were changed on purpose are to be opened on the page; without models there is nothing", () => {
  const broken = { name: "gpt, lifted", origin: "built", about: "gpt, changed: up", from: "gpt" };
  const models = [...sample.question().models, broken];
  const document = sample.document([sample.question({ models })]);
  const [page, markdown] = texts(document);
  assertMatch(page, /<summary>Those that were changed.+gpt, changed: up/);
  assertMatch(markdown, /Those that are random, built or changed on purpose are in `index.html`/);
  assertNeither(sample.document([sample.question({ models: [] })]), "The models");
});

Deno.test("what a model is called or is said to be cannot reach out of its cell", () => {
  const models = [{ name: "a|b", origin: "trained", about: "<b>bold</b>" }];
  const [page, markdown] = texts(sample.document([sample.question({ models })]));
  assertStringIncludes(page, "&lt;b&gt;bold&lt;/b&gt;");
  assertStringIncludes(markdown, "| a\\|b | &lt;b\\>bold&lt;/b\\> |");
});
