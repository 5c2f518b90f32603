import type { Figure } from "../../claims/mod.ts";
import { heights, numericRows } from "./axes.ts";
import { drawBars } from "./bars.ts";
import { type Drawing, paint, WIDTHS } from "./canvas.ts";
import { colourProperties } from "./colours.ts";
import { drawDots } from "./dots.ts";
import { drawHeatmap } from "./heatmap.ts";
import { drawLines } from "./lines.ts";

const DRAW: Readonly<Record<Figure["kind"], (figure: Figure, width: number) => Drawing>> = {
  lines: drawLines,
  bars: drawBars,
  dots: drawDots,
  heatmap: drawHeatmap,
};

/**
 * The figure as SVG to put into a page that has {@linkcode colourProperties}, or undefined where it
 * has no row that can be drawn. On a narrow screen what does not fit side by side stands below.
 */
export function drawFigure(
  figure: Figure,
  screen: keyof typeof WIDTHS = "wide",
): string | undefined {
  const drawable = figure.kind === "heatmap"
    ? figure.rows.some((row) => row.value !== undefined)
    : numericRows(figure).length > 0 && heights(figure).every(Number.isFinite);
  const width = WIDTHS[screen];
  return drawable ? paint(DRAW[figure.kind](figure, width), width, figure.title) : undefined;
}

/** A chart from {@linkcode drawFigure} as a file of its own, with paper of its own. */
export function svgFile(chart: string): string {
  const style = `<style>${colourProperties(":root")}
:root { background: var(--paper); color: var(--ink); }
text { white-space: pre; }</style>`;
  return chart
    .replace("<svg ", `<svg xmlns="http://www.w3.org/2000/svg" `)
    .replace(">", `>${style}`) // the end of the svg tag: attributes hold no bare ">"
    .concat("\n");
}
