import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import MarkdownIt from "markdown-it";
import * as sample from "../testing/sample.ts";
import { renderMarkdown } from "./page.ts";

Deno.test("the Markdown has the question, the answer, the claim and what came of it", () => {
  const text = renderMarkdown(sample.document());
  const parts = [
    "## 10. Why can't an MLP layer move information between tokens?",
    "**Because it is applied to each position alone.**",
    "Notes taken while learning ask this and give no answer. It is answered here.",
    "Lit: MLP.](figures/question-10-schematic.svg)",
    "moved the others by [0](#10-mlp-is-local)",
    '- <a id="10-mlp-is-local"></a>**[a]** an MLP\'s output at one position ignores every other',
    "✓ **holds** · identity · any weights · controls: “an MLP that mixes in its left",
    "**How far a nudge reaches, as lines**\n\n![](figures/10-mlp-is-local-figure-1.svg)",
    "### What would change our mind",
  ];
  for (const part of parts) assertStringIncludes(text, part);
});

Deno.test("references in the Markdown lead to places in it", () => {
  const text = renderMarkdown(sample.document([sample.question(), sample.question({ number: 1 })]));
  const places = [...text.matchAll(/<a id="([^"]+)">/g)].map((found) => found[1]);
  const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map((found) => found[1]);
  assertEquals(links.filter((link) => !places.includes(link)), [], "links that lead nowhere");
  assertEquals(new Set(places).size, places.length, "every place has a name of its own");
});

Deno.test("text from a record makes no HTML in a viewer that allows it", () => {
  const text = renderMarkdown(sample.document([sample.hostile()]));
  const shown = new MarkdownIt({ html: true }).render(text);
  const tags = new Set([...shown.matchAll(/<([a-z][a-z0-9]*)/gi)].map((found) => found[1]));
  const ours =
    "h1 h2 h3 h4 p a ul li strong em code pre hr blockquote table thead tbody tr th td " +
    "details summary img br";
  assertEquals([...tags].filter((tag) => !ours.split(" ").includes(tag)), [], "strange tags");
  const outsideQuotes = shown.replace(/="[^"]*"/g, "");
  assert(!/<[^>]*\son\w+/i.test(outsideQuotes), "no handler of an event");
  assert(!/href="javascript|src="(?!figures\/)/i.test(shown), "no picture but our own");
  assertEquals(shown.match(/<h1>/g)?.length, 1, "the outline is our own");
});

Deno.test("what does not stand is said at the top, with what came out wrong", () => {
  const claim = sample.claim({
    verdict: "fails",
    runs: [sample.run({ verdict: "fails", asExpected: false, reason: "moved | by 0.3" })],
  });
  const text = renderMarkdown(sample.document(
    [sample.question({ verdict: "fails", claims: [claim] })],
    { problems: ["It was killed."], files: { run: 1, found: 13 } },
  ));
  const top = text.slice(0, text.indexOf("## The answers"));
  assertStringIncludes(top, "This run was not sound.");
  assertStringIncludes(top, "It was killed.");
  assertStringIncludes(top, "1 of 13 spec files were run");
  assertStringIncludes(text, "**Not everything stands.**");
  assertStringIncludes(text, "  ✗ gpt: failed, and should not have: moved \\| by 0.3");
});

Deno.test("tables in the Markdown have as many cells in every row as in their head", () => {
  const text = renderMarkdown(sample.document([sample.hostile()]));
  const rows = text.split("\n").map((line) => line.startsWith("|") ? cells(line) : 0);
  rows.forEach((width, i) => {
    if (width > 0 && rows[i - 1] > 0) assertEquals(width, rows[i - 1], text.split("\n")[i]);
  });
});

function cells(line: string): number {
  return line.replace(/\\./g, "").split("|").length - 2;
}

Deno.test("the Markdown holds no data and no evidence: those are in answers.json and on the page", () => {
  const text = renderMarkdown(
    sample.documentOf({ figures: sample.FIGURE_KINDS.map(sample.figure) }),
  );
  assertEquals(text.match(/^\| .+\|$/gm)?.length, 3, "the table of the models alone");
  assert(!text.includes("1.25"), "nothing of what was measured but what the answer says");
});

Deno.test("a caveat stands apart, an aside is folded, and terms lead to the glossary", () => {
  const paragraphs = (["caveat", "aside"] as const).map((kind) => ({
    kind,
    text: "First a [logit](#term-logit),\nand then more than nine words of it.",
    claims: [],
  }));
  const text = renderMarkdown(sample.document([sample.question({ parts: [{ paragraphs }] })]));
  for (
    const part of [
      "> First a [logit](#term-logit),\n> and then more",
      "<details><summary>Aside: First a logit, and then more …</summary>",
      '- <a id="term-logit"></a>**logit**: The score that',
    ]
  ) assertStringIncludes(text, part);
});

Deno.test("a claim says how far it goes, and which of its controls came out wrong", () => {
  const sources = [{ title: "t", authors: "Olsson et al.", year: 2022, url: "https://a.example/" }];
  const control = sample.control({ verdict: "holds", asExpected: false });
  const runs = [sample.run(), control];
  const text = renderMarkdown(sample.documentOf({
    ...{ reach: "reported at scale", sources, verdict: "not trusted", runs },
    reason: "a control held",
  }));
  assertStringIncludes(text, "· reported at scale: [Olsson et al. 2022](https://a.example/) ·");
  assertStringIncludes(text, "neighbour” (**held, and should not have** on gpt)");
  assertStringIncludes(text, "\n  a control held");
});
