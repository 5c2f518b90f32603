import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { escapeHtml } from "../escape.ts";

/** Widths of a chart in its own units, for a column and for a narrow screen; the page scales it. */
export const WIDTHS = { wide: 640, narrow: 350 } as const;

/** Height of the frame inside the margins, where the data does not ask for another. */
const FRAME_HEIGHT = 260;

/** How wide a character of the charts' text is, near enough to leave room for it. */
export const CHARACTER = 7.5;

/** What a kind of chart hands to Plot, with the height that its frame wants. */
export interface Drawing {
  /** Marks, scales and margins. */
  readonly options: Plot.PlotOptions;
  /** Of the whole chart. */
  readonly width: number;
  /** Height of the frame; {@linkcode FRAME_HEIGHT} where left out. */
  readonly frame?: number;
}

const { document } = parseHTML("<!doctype html><html><body></body></html>") as unknown as {
  document: Plot.PlotOptions["document"];
};

/** Draws with Plot and returns the SVG, whose colours are the page's custom properties. */
export function paint({ options, width, frame = FRAME_HEIGHT }: Drawing, title: string): string {
  const margins = { marginTop: 30, marginRight: 16, marginBottom: 46, marginLeft: 60, ...options };
  const svg = Plot.plot({
    ...margins,
    document,
    className: "chart",
    width,
    height: frame + margins.marginTop + margins.marginBottom,
    style: { fontSize: "13px", color: "var(--ink)" },
  }) as unknown as Svg;
  svg.querySelector("style")?.remove(); // the page has one style sheet for all charts
  const named = `<svg role="img" aria-label="${escapeHtml(title)}" `;
  // Set as text: linkedom leaves "<" as it is in attributes, which XML does not allow.
  return svg.outerHTML.replace("<svg ", () => named);
}

/** The little of an SVG element that is used here; Deno's types have no DOM. */
interface Svg {
  readonly outerHTML: string;
  querySelector(selector: string): { remove(): void } | null;
}

/** The longest label that leaves room for the chart, in characters. */
const LONGEST_LABEL = 30;

/** A label cut to what leaves room for the chart; the table beside it has all of it. */
export function shorten(label: unknown, longest = LONGEST_LABEL): string {
  const letters = [...String(label)];
  const cut = letters.length > longest;
  return cut ? `${letters.slice(0, longest - 1).join("").trimEnd()}…` : letters.join("");
}

/** Room for the longest of some labels. */
export function roomFor(labels: readonly string[], longest?: number): number {
  return Math.max(...labels.map((label) => [...shorten(label, longest)].length)) * CHARACTER + 16;
}
