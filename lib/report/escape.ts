/** Text as HTML shows it: safe between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (c) => entities[c]);
}

/** Text on one line of Markdown, showing every character as it is, in a table's cell too. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_[\]|~>#$!]/g, "\\$&")
    .replace(/^(\d*)([-+.)])(?=\s|$)/, "$1\\$2");
}

/** A value as code in a line of Markdown; HTML, since a code span cannot hold every text. */
function codeMarkdown(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}

/** The text split at its `code spans`: what a claim's statement may be marked up with. */
function splitCode(text: string): { code: boolean; text: string }[] {
  return text.split(/(`[^`]+`)/).filter((part) => part !== "").map((part) =>
    /^`[^`]+`$/.test(part) ? { code: true, text: part.slice(1, -1) } : { code: false, text: part }
  );
}

/** A line whose only markup is `code`, as HTML. */
export function lineHtml(text: string): string {
  return splitCode(text)
    .map((part) => part.code ? `<code>${escapeHtml(part.text)}</code>` : escapeHtml(part.text))
    .join("");
}

/** A line whose only markup is `code`, as Markdown. */
export function lineMarkdown(text: string): string {
  return splitCode(text)
    .map((part) => part.code ? codeMarkdown(part.text) : escapeMarkdown(part.text))
    .join("");
}
