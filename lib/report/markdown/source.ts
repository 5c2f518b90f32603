import type { Source } from "../../claims/mod.ts";
import { escapeMarkdown } from "../escape.ts";
import { isWebAddress } from "../prose.ts";
import { link } from "./blocks.ts";

/** A source in full, its title a link where it has an address. */
export function sourceMarkdown({ title, authors, year, url, id }: Source): string {
  const name = linked(`*${escapeMarkdown(title)}*`, url);
  const number = id === undefined ? "" : `, ${escapeMarkdown(id)}`;
  return `${escapeMarkdown(authors)}, ${name} (${year})${number}`;
}

/** A source as it is cited in passing. */
export function citationMarkdown({ authors, year, url }: Source): string {
  return linked(`${escapeMarkdown(authors)} ${year}`, url);
}

function linked(name: string, url: string | undefined): string {
  return isWebAddress(url) ? link(name, url) : name;
}
