import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import MarkdownIt from "markdown-it";
import { isWebAddress, proseHtml, proseMarkdown, specAddress } from "./prose.ts";

const ATTACKS = [
  "<script>alert(1)</script>",
  "text <img src=x onerror=alert(1)> text",
  "`a` <b>x</b> `c`",
  "\\`<script>x</script>\\`",
  "``<script>`</script>``",
  "`unclosed <script>x</script>",
  "a ` b <script>x</script> `` c ` d",
  "<!-- comment --> <?php ?> <![CDATA[x]]>",
  "</details></article><h1>taken over</h1>",
  "[x](javascript:alert(1)) ![p](https://example.com/p.png)",
  "```\n<script>x</script>\n```",
  "\\`![p](https://example.com/p.png)\\`",
];

Deno.test("a formula is MathML on the page, and TeX in Markdown; what is no TeX is code", () => {
  const score = "A score: $`x_i^\\top W x_j`$.";
  assertStringIncludes(proseHtml(score), "<math><mrow><msubsup><mi>x</mi><mi>i</mi>");
  assertEquals(proseMarkdown(score), score);
  assertEquals(proseHtml("$`\\no<b`$"), "<p><code>\\no&lt;b</code></p>");
});

Deno.test("prose in the page makes no tag of its own and fetches nothing", () => {
  for (const attack of ATTACKS) {
    const shown = proseHtml(attack);
    const tags = (shown.match(/<\/?[a-z!?][^>]*>/gi) ?? []).map((tag) => tag.toLowerCase());
    const strange = tags.filter((tag) =>
      !/^<\/?(p|code|pre|em|strong|a)(>| href="https?:)/.test(tag)
    );
    assertEquals(strange, [], `tags in ${shown}`);
  }
});

Deno.test("prose in Markdown makes no tag either, in a viewer that allows HTML", () => {
  const lenient = new MarkdownIt({ html: true });
  for (const attack of ATTACKS) {
    const shown = lenient.render(proseMarkdown(attack));
    assert(!/<(script|img|b|h1|\/details|!|\?)/i.test(shown), `${attack} became ${shown}`);
  }
});

Deno.test("prose keeps its words, its emphasis, its code and its references", () => {
  const prose = "It *moved* the others by [0](#10-mlp-is-local): `W_QK` and `a < b`.";
  const shown = '<p>It <em>moved</em> the others by <a href="#10-mlp-is-local">0</a>: ' +
    "<code>W_QK</code> and <code>a &lt; b</code>.</p>";
  const onItsPage = shown.replace("#10-", "#");
  assertEquals(proseHtml(prose), onItsPage, "on the page of its question");
  const again = new MarkdownIt({ html: true }).render(proseMarkdown(prose)).trim();
  assertEquals(again, shown, "and in Markdown");
});

Deno.test("headings and blocks of code in prose are text, so that the outline is the page's", () => {
  assertEquals(proseHtml("# big\n\nsmall\n==="), "<p># big</p>\n<p>small\n===</p>", "headings");
  const lenient = new MarkdownIt({ html: true });
  for (const prose of ["# big", "big\n===", "```\nthe rest is hidden", "~~~\nthe rest is hidden"]) {
    const shown = lenient.render(`${proseMarkdown(prose)}\n\n## next`);
    assertMatch(shown, /<h2>next<\/h2>/, "what follows is not swallowed");
    assert(!/<(h1|pre)/.test(shown), shown);
  }
});

Deno.test("only addresses of the web become links", () => {
  assert(isWebAddress("https://arxiv.org/abs/2108.12409"), "a paper");
  const others = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    'https://x" onclick="y',
    "",
    undefined,
  ];
  for (const url of others) assert(!isWebAddress(url), String(url));
});

Deno.test("a spec file's address leads to it, whatever characters its name has", () => {
  const cases = [
    ["spec/10_mlp_test.ts", "../spec/10_mlp_test.ts"],
    ["spec/5 a#b%20?_test.ts", "../spec/5%20a%23b%2520%3F_test.ts"],
  ];
  for (const [file, address] of cases) assertEquals(specAddress(file), address);
});
