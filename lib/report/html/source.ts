import type { Source } from "../../claims/mod.ts";
import { isWebAddress } from "../prose.ts";
import { type Html, html } from "./markup.ts";

/** A source in full, its title a link where it has an address. */
export function sourceHtml({ title, authors, year, url, id }: Source): Html {
  const name = linked(html`<cite>${title}</cite>`, url);
  return html`${authors}, ${name} (${year})${id !== undefined && `, ${id}`}`;
}

/** A source as it is cited in passing. */
export function citationHtml({ authors, year, url }: Source): Html {
  return linked(html`${authors} ${year}`, url);
}

function linked(name: Html, url: string | undefined): Html {
  return isWebAddress(url) ? html`<a href="${url}">${name}</a>` : name;
}
