import { escapeHtml } from "../escape.ts";

/** HTML that was made by {@linkcode html} or vouched for by {@linkcode trusted}. */
export class Html {
  /** Wraps what is HTML already. */
  constructor(readonly text: string) {}
}

type Part = string | number | Html | undefined | false | readonly Part[];

/** HTML from a template: text is escaped, HTML is not, lists are joined, undefined and false are nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, next, i) => text + insert(parts[i - 1]) + next));
}

/** Text that is HTML already, such as a chart or rendered Markdown. */
export function trusted(text: string): Html {
  return new Html(text);
}

/** A list of a class, or nothing where it has no items. */
export function listHtml(name: string, items: readonly Part[]): Html | undefined {
  if (items.length === 0) return undefined;
  return html`<ul class="${name}">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function insert(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Html) return part.text;
  return Array.isArray(part) ? part.map(insert).join("") : escapeHtml(String(part));
}
