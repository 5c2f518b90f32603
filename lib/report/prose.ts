import MarkdownIt from "markdown-it";
import { anchorOnPage } from "../claims/names.ts";
import { mathml } from "../claims/prose/mathml.ts";
import { escapeHtml, escapeMarkdown } from "./escape.ts";

/**
 * Markdown without raw HTML, headings, pictures or blocks of code: prose cannot reach out of its
 * place, and the page asks the network for nothing.
 */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })
  .disable(["image", "heading", "lheading", "fence", "code", "html_block", "html_inline"]);

markdown.renderer.rules.link_open = (tokens, i, options, _, renderer) => {
  const address = String(tokens[i].attrGet("href"));
  if (address.startsWith("#")) tokens[i].attrSet("href", `#${anchorOnPage(address.slice(1))}`);
  return renderer.renderToken(tokens, i, options);
};

/** A formula, which a record that is read back may have gone wrong in: then it is shown as code. */
markdown.inline.ruler.before("backticks", "formula", (state, silent) => {
  const [whole, tex] = /^\$`([^`]+)`\$/.exec(state.src.slice(state.pos)) ?? [];
  if (whole === undefined) return false;
  if (!silent) state.push("formula", "math", 0).content = tex;
  state.pos += whole.length;
  return true;
});
markdown.renderer.rules.formula = (tokens, i) => {
  try {
    return mathml(tokens[i].content);
  } catch {
    return `<code>${escapeHtml(tokens[i].content)}</code>`;
  }
};

/** A spec's prose as HTML for the page of its question. */
export function proseHtml(prose: string): string {
  return markdown.render(prose).trim();
}

/** A code span: as many backticks after it as before it. */
const CODE_SPAN = /((`+)(?!`)[\s\S]*?[^`]\2(?!`))/;

/**
 * A spec's prose as Markdown that every viewer shows alike, and as {@linkcode proseHtml} does:
 * what could be read as HTML, a picture, a heading or a block of code is escaped, and a code span
 * that holds such a text becomes a `<code>` of ours.
 */
export function proseMarkdown(prose: string): string {
  // With two groups, split gives [text, span, ticks, text, span, ticks, ...].
  return prose.trim().split(CODE_SPAN).map((part, i) => {
    if (i % 3 === 2) return "";
    return i % 3 === 1 ? codeSpan(part) : plainText(part);
  }).join("");
}

function codeSpan(span: string): string {
  if (!/<|!\[|\n|^```/.test(span)) return span;
  return `<code>${escapeMarkdown(span.replace(/^`+|`+$/g, ""))}</code>`;
}

function plainText(text: string): string {
  return text
    .replaceAll("<", "&lt;")
    .replaceAll("![", "!\\[")
    .replace(/^( {0,3})(#|=|~~~|```)/gm, "$1\\$2")
    .replaceAll("```", "\\`\\`\\`");
}

/** Whether an address may become a link: one of the web, with http or https. */
export function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\/[^\s<>"']+$/.test(url);
}

/** A spec file's address from the report's folder, whatever characters its name has. */
export function specAddress(file: string): string {
  return `../${file.split("/").map(encodeURIComponent).join("/")}`;
}
