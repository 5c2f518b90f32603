import { oneLine } from "./plain_text.ts";

/** Text as HTML shows it: safe between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Text on one line of Markdown, showing every character as it is, in a table's cell too. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_[\]|~>#$!]/g, "\\$&")
    .replace(/^(\d*)([-+.)])(?=\s|$)/, "$1\\$2");
}

/** A line whose only markup is `code`, as HTML. */
export function lineHtml(text: string): string {
  return line(text, escapeHtml);
}

/** A line whose only markup is `code`, as Markdown; HTML there, since no code span holds every text. */
export function lineMarkdown(text: string): string {
  return line(text, escapeMarkdown);
}

function line(text: string, escape: (text: string) => string): string {
  // With a group, split gives [text, code, text, ...].
  return text.split(/`([^`]+)`/)
    .map((part, i) => i % 2 === 1 ? `<code>${escape(part)}</code>` : escape(part))
    .join("");
}
