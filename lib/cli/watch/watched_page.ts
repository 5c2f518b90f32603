/** Has a page loaded again every second: its policy allows no script, and there is no server. */
const RELOAD = `\n    <meta http-equiv="refresh" content="1">`;

/** What a reader of such a page is told. */
const NOTE =
  `\n<aside class="banner">This page is being watched: it reloads by itself, and is made ` +
  `anew whenever the question, or what it is asked with, is saved. Claims that such a save cannot ` +
  `have changed stay as they were measured before.</aside>`;

/** After what each of them stands, once on every page. */
const PLACES = [[`<meta charset="utf-8">`, RELOAD], ["<body>", NOTE]] as const;

/** The files of a report whose pages reload by themselves. */
export function watched(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].map(([name, text]) => [
    name,
    name.endsWith(".html") ? watchedPage(text) : text,
  ]));
}

function watchedPage(page: string): string {
  return PLACES.reduce((text, [place, more]) => text.replace(place, place + more), page);
}

/** The page as it is where nobody watches. */
export function unwatched(page: string): string {
  return PLACES.reduce((text, [place, more]) => text.replace(place + more, place), page);
}
