import MarkdownIt from "markdown-it";
import { escapeHtml, escapeMarkdown } from "./escape.ts";

/**
 * Markdown without raw HTML, headings or pictures: prose cannot reach out of its place, and the
 * page asks the network for nothing.
 */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })
  .disable(["image", "heading", "lheading", "html_block", "html_inline"]);

/** A spec's prose as HTML. */
export function proseHtml(prose: string): string {
  return markdown.render(prose).trim();
}

/**
 * A spec's prose as Markdown that every viewer shows alike: whatever could be read as HTML is
 * escaped, and a code span that holds such a character becomes a `<code>` of our own.
 */
export function proseMarkdown(prose: string): string {
  return prose.trim().split(/((`+)(?!`)[\s\S]*?[^`]\2(?!`))/).map((part, i) => {
    // split gives [text, span, ticks, text, span, ticks, ...]
    if (i % 3 === 2) return "";
    if (!part.includes("<")) return part;
    return i % 3 === 1 ? codeSpan(part) : part.replaceAll("<", "&lt;");
  }).join("");
}

function codeSpan(span: string): string {
  return `<code>${escapeMarkdown(span.replace(/^`+|`+$/g, ""))}</code>`;
}

/** An address as a link's target, or undefined for anything but http and https. */
export function safeUrl(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\/[^\s<>"']+$/.test(url) ? escapeHtml(url) : undefined;
}
