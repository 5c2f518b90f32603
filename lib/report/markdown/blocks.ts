import { escapeHtml } from "../escape.ts";

/** Blocks with one empty line between them; what is empty is left out. */
export function blocks(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}

/** Something to open: Markdown inside, its summary as text. */
export function details(summary: string, body: string): string {
  return blocks(
    `<details><summary>${escapeHtml(summary.replace(/\s+/g, " "))}</summary>`,
    body,
    "</details>",
  );
}

/** Text as it is, in a fence longer than any run of backticks in it. */
export function fenced(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** Text set apart as a quotation. */
export function quoted(text: string): string {
  return text.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
}

/** A list, each item on one line. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

/** A place that links can lead to. */
export function anchor(name: string): string {
  return `<a id="${escapeHtml(name)}"></a>`;
}

/** A link whose words are Markdown already. */
export function link(words: string, address: string): string {
  const target = escapeHtml(address).replaceAll("(", "%28").replaceAll(")", "%29");
  return `[${words}](${target})`;
}
