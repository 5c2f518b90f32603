import { assertEquals } from "@std/assert";
import MarkdownIt from "markdown-it";
import { escapeHtml, escapeMarkdown, lineHtml, lineMarkdown } from "./escape.ts";

/** Every character that means something to Markdown, HTML or a table. */
const HOSTILE = '<script>alert("1")</script> & a|b *c* _d_ `e` [f](g) ~h~ #i \\j $k$ !l';

Deno.test("text in HTML shows every character and makes no tag", () => {
  assertEquals(
    escapeHtml(`<b a="1" c='2'>&`),
    "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;",
    "the five characters that HTML gives a meaning must become entities",
  );
});

Deno.test("text in Markdown reads back as the same text, with HTML allowed and not", () => {
  for (const html of [true, false]) {
    const shown = new MarkdownIt({ html }).renderInline(escapeMarkdown(HOSTILE));
    assertEquals(shown, escapeHtmlText(HOSTILE), `rendered with html: ${html}`);
  }
});

Deno.test("text at the start of a line of Markdown starts no list", () => {
  const markdown = new MarkdownIt();
  for (const text of ["- a", "+ a", "1. a", "12) a", "# a", "> a"]) {
    const shown = markdown.render(escapeMarkdown(text));
    assertEquals(shown, `<p>${escapeHtmlText(text)}</p>\n`, `what "${text}" became`);
  }
});

Deno.test("numbers in Markdown are left as they are", () => {
  assertEquals(escapeMarkdown("-0.0123"), "-0.0123", "a negative number is no list");
  assertEquals(escapeMarkdown("4.369"), "4.369", "a decimal number is no list");
});

Deno.test("text in a table's cell stays in its cell and on its line", () => {
  const table = `| a |\n| :-- |\n| ${escapeMarkdown("x | y\nz")} |`;
  const shown = new MarkdownIt().render(table);
  assertEquals(shown.match(/<td/g)?.length, 1, "there must be one cell");
  assertEquals(/<td[^>]*>(.*)<\/td>/.exec(shown)?.[1], "x | y z", "with the text on one line");
});

Deno.test("backticks are the only markup of a statement", () => {
  const statement = "token `j < i` is **not** <b>seen</b>";
  assertEquals(
    lineHtml(statement),
    "token <code>j &lt; i</code> is **not** &lt;b&gt;seen&lt;/b&gt;",
    "code spans become code, all else is text",
  );
  assertEquals(
    new MarkdownIt({ html: true }).renderInline(lineMarkdown(statement)),
    "token <code>j &lt; i</code> is **not** &lt;b&gt;seen&lt;/b&gt;",
    "and the Markdown reads the same",
  );
});

/** As markdown-it escapes text: apostrophes stay. */
function escapeHtmlText(text: string): string {
  return escapeHtml(text).replaceAll("&#39;", "'");
}
