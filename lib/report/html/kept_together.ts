import { type Html, html, trusted } from "./markup.ts";

/** What browsers lay out as a box of its own: a formula, or a term with its note. */
const BOXES = [
  /<math\b[^>]*>.*?<\/math>/,
  /<button type="button" class="term"[^>]*>.*?<\/button><span\s+class="note".*?<\/span>/,
].map(({ source }) => source).join("|");

const BESIDE = new RegExp(String.raw`([^\s<>]*)(${BOXES})([^\s<>]*)`, "gs");

/** Some HTML in which no line ends between a formula or a term and what is written close to it. */
export function keptTogether({ text }: Html): Html {
  return trusted(
    text.replace(
      BESIDE,
      (all, before, _box, after) =>
        before + after === "" ? all : html`<span class="together">${trusted(all)}</span>`.text,
    ),
  );
}
