import type { Card } from "../model/mod.ts";
import { colourProperties, seriesColour } from "../report/charts/colours.ts";
import { escapeHtml } from "../report/escape.ts";

/** Of the picture, in its own units. */
const WIDTH = 160, HEIGHT = 48, MARGIN = 3;

/** Points of a curve at most: more would not be seen at this size. */
const POINTS = 50;

/**
 * A small picture of how the loss fell while a recipe's models were trained, a line for each seed:
 * an SVG file. From the left edge to the right are the steps, from the bottom to the top the losses
 * from zero to `top`.
 */
export function lossPicture(
  cards: readonly Pick<Card, "name" | "steps" | "loss_curve">[],
  top: number,
): string {
  const title = `Training loss of ${cards.map(({ name }) => name).join(" and ")}`;
  const bottom = HEIGHT - MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}"
  width="${WIDTH}" height="${HEIGHT}">
<title>${escapeHtml(title)}</title>
<style>${colourProperties(":root")}
path { fill: none; stroke-width: 1.5; stroke-linejoin: round; }</style>
<rect width="${WIDTH}" height="${HEIGHT}" fill="var(--paper)"/>
<path stroke="var(--rule)" d="M${MARGIN} ${bottom}H${WIDTH - MARGIN}"/>
${cards.map((card, i) => `<path stroke="${seriesColour(i)}" d="${curve(card, top)}"/>`).join("\n")}
</svg>
`;
}

/** A path through the losses, thinned out. */
function curve({ steps, loss_curve }: Pick<Card, "steps" | "loss_curve">, top: number): string {
  const every = Math.ceil(loss_curve.length / POINTS);
  const last = loss_curve.length - 1;
  const seen = loss_curve.filter((_, i) => i % every === 0 || i === last);
  const points = seen.map(([step, loss]) => {
    const x = MARGIN + (WIDTH - 2 * MARGIN) * step / steps;
    const y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * Math.min(loss, top) / top;
    return `${Number(x.toFixed(1))} ${Number(y.toFixed(1))}`;
  });
  return `M${points.join("L")}`;
}
