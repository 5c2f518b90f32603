import * as Plot from "@observablehq/plot";
import { DOMParser } from "linkedom";
import { escapeHtml } from "../escape.ts";

/** Height of the frame inside the margins, where the data does not ask for another. */
const FRAME_HEIGHT = 260;

/** Plot's options with the room above the frame, which differs from legend to legend. */
export type Framed = Plot.PlotOptions & { readonly marginTop: number };

/** What a kind of chart hands to Plot, with the height that its frame wants. */
export interface Drawing {
  /** Marks, scales and margins. */
  readonly options: Framed;
  /** Height of the frame; {@linkcode FRAME_HEIGHT} where left out. */
  readonly frame?: number;
}

/** All of a browser's document that Plot needs. */
const document = new DOMParser().parseFromString(
  "<!doctype html><html></html>",
  "text/html",
) as unknown as Plot.PlotOptions["document"];

/** Draws with Plot and returns the SVG, whose colours are the page's custom properties. */
export function paint(
  { options: { marginBottom = 46, marginRight = 16, ...options }, frame = FRAME_HEIGHT }: Drawing,
  width: number,
  title: string,
): string {
  const svg = Plot.plot({
    ...options,
    marginRight,
    marginBottom,
    document,
    className: "chart",
    width,
    height: frame + options.marginTop + marginBottom,
    style: { fontSize: "13px", color: "var(--ink)" },
  });
  svg.querySelector("style")?.remove(); // the page has one style sheet for all charts
  const named = `<svg role="img" aria-label="${escapeHtml(title)}" `;
  // What Plot calls its marks is for us; a reader is told what the whole shows.
  for (const mark of svg.querySelectorAll("[aria-label]")) {
    mark.setAttribute("data-mark", mark.getAttribute("aria-label")!);
    mark.removeAttribute("aria-label");
  }
  // Set as text: linkedom leaves "<" as it is in attributes, which XML does not allow.
  return svg.outerHTML.replace("<svg ", () => named);
}
