import { checked } from "../../claims/pictures/checked.ts";
import type { Chart, Figure } from "../../claims/pictures/figure.ts";
import type { Charts, Schematic } from "../document/drawn.ts";
import { drawBars } from "./bars.ts";
import { type Drawing, paint } from "./canvas.ts";
import { colourProperties } from "./colours.ts";
import { drawDots } from "./dots.ts";
import { drawHeatmap } from "./heatmap.ts";
import { drawIllustration } from "./illustrations/illustration.ts";
import { drawLines } from "./lines.ts";
import { fitsScales, measuredNumbers, type Scaled } from "./scales.ts";
import { drawSchematic } from "./schematic.ts";

const DRAW: Readonly<Record<Chart["kind"], (figure: Scaled, width: number) => Drawing>> = {
  lines: drawLines,
  bars: drawBars,
  dots: drawDots,
  heatmap: drawHeatmap,
};

/** Widths of a chart in its own units, for a column and for a narrow screen; the page scales it. */
const WIDTHS = { wide: 640, narrow: 350 } as const;

/**
 * The figure as SVG to put into a page that has {@linkcode colourProperties}.
 *
 * @param beside Whose scales it is drawn on, where its numbers fit in there.
 * @throws {RangeError} Where it cannot be drawn, with the reason.
 */
export function drawFigure(figure: Figure | Schematic, beside?: Figure): Charts {
  const alike = beside && figure.kind !== "schematic" ? fitsScales(figure, beside) : undefined;
  const scaled = alike && beside && "rows" in beside
    ? { ...figure, also: measuredNumbers(beside) } as Scaled
    : figure;
  const draw = drawing(scaled);
  return {
    wide: draw(WIDTHS.wide),
    narrow: draw(WIDTHS.narrow),
    ...alike === undefined ? {} : { alike },
  };
}

function drawing(figure: Figure | Schematic): (width: number) => string {
  if (figure.kind === "schematic") return (width) => drawSchematic(figure, width);
  const { title } = checked(figure);
  return "rows" in figure
    ? (width) => paint(DRAW[shapeOf(figure)](figure, width), width, title)
    : (width) => drawIllustration(figure, width);
}

/** A bar would grow from a floor that no logarithm has: there its end alone is drawn. */
function shapeOf({ kind, log }: Chart): Chart["kind"] {
  return kind === "bars" && log ? "dots" : kind;
}

/** One of the charts of {@linkcode drawFigure} as a file of its own, with paper of its own. */
export function svgFile(chart: string): string {
  const style = `<style>${colourProperties(":root")}
:root { background: var(--paper); color: var(--ink); }
text { white-space: pre; font-family: system-ui, sans-serif; }</style>`;
  return chart
    .replace("<svg ", `<svg xmlns="http://www.w3.org/2000/svg" `)
    .replace(">", `>${style}`) // the end of the svg tag: attributes hold no bare ">"
    .concat("\n");
}
