import { colourProperties } from "../charts/colours.ts";
import type { Document } from "../document/document.ts";
import { runInWords, warningsInWords } from "../document/remarks.ts";
import { isWebAddress } from "../prose.ts";
import { type Html, html, trusted } from "./markup.ts";
import styles from "./page.css" with { type: "text" };
import { problemsHtml } from "./question.ts";

/**
 * Nothing from outside, and no code but what lies beside the page: it may start workers that it made
 * itself, and WebAssembly. A page may load all of it from the reader's disk.
 */
const POLICY =
  "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; worker-src blob:; " +
  "img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** What is on a page, and what is said of it where it is linked to. */
export interface Page {
  /** In a few words, for the browser's tab. */
  readonly title: string;
  /** In a sentence or two. */
  readonly description: string;
  /** Whether all stands that it is about. */
  readonly stands: boolean;
  /** The file that is shown where it is linked to. */
  readonly picture: string;
  /** What is on it, landmarks and all, but for the foot. */
  readonly body: Html;
}

/** A page of the report as one HTML file that asks the network for nothing. */
export function pageHtml(document: Document, page: Page): string {
  return wholeHtml({ ...page, picture: published(document, page.picture) }, footerHtml(document));
}

/** Any page as one HTML file; its picture by the whole address, where that is known. */
export function wholeHtml(
  { title, description, stands, picture, body }: Page,
  foot: Html,
): string {
  const name = `${stands ? "" : "✗ "}${title}`;
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy"
          content="${POLICY}">
        <meta name="description" content="${description}">
        <meta property="og:type" content="article">
        <meta property="og:title" content="${name}">
        <meta property="og:description" content="${description}">
        <meta property="og:image" content="${picture}">
        <meta property="og:image:alt" content="${`${title} ${description}`}">
        <meta name="twitter:card" content="summary_large_image">
        <link rel="icon" href="data:,">
        <title>${name}</title>
        <style>
    ${trusted(colourProperties(":root"))}
    ${trusted(styles.replaceAll("\r", ""))}
    </style>
      </head>
      <body>
    ${body}
    ${foot}
      </body>
    </html>
  `.text.trim() + "\n";
}

/** The address of a file of the report: whoever shows a link needs the whole of it, where it is known. */
function published({ base }: Document, file: string): string {
  return isWebAddress(base) ? new URL(file, base.replace(/\/?$/, "/")).href : file;
}

/** What a reader of any page must know first: a part of the spec must not pass for all of it. */
export function bannerHtml(document: Document): Html | undefined {
  if (document.warnings.length === 0) return undefined;
  return html`<div class="banner" role="alert"><p>${warningsInWords(document)}</p>${
    problemsHtml(document.warnings)
  }</div>`;
}

function footerHtml(document: Document): Html {
  const json = html`<a href="answers.json">answers.json</a>`;
  const markdown = html`<a href="answers.md">answers.md</a>`;
  return html`
    <footer>
      <p>${runInWords(document)} The same as data: ${json}; as Markdown: ${markdown}.</p>
    </footer>
  `;
}
