import type { Fan } from "../../../claims/pictures/figure.ts";
import { axisLabel } from "../../figure_labels.ts";
import { seriesColour } from "../colours.ts";
import { wrapped } from "../labels.ts";
import { words } from "../svg.ts";
import { type Bands, drawBands } from "./bands.ts";
import { type Block, lettering, LINE, stacked, textWidth, underName } from "./block.ts";
import { type Route, routeName, routesOf, total } from "./routes.ts";

/** Height of all paths of the fullest panel together. */
const HEIGHT = 190;

/** How many paths are named and have a colour of their own. */
const NAMED = 3;

/** A drawing narrower than this has the names of its paths below them. */
const BESIDE = 450;

/** Paths as bands from left to right; all panels have one scale. */
export function drawFan({ panels, value }: Fan, width: number): Block {
  const routes = panels.map(({ paths }) => routesOf(paths));
  const unit = HEIGHT / (Math.max(...routes.map(total)) || 1);
  const room = width < BESIDE ? 0 : Math.min(width * 0.4, roomFor(routes));
  const blocks = routes.map((own, i) =>
    underName(panels[i].name, drawPanel(own, { unit, width, room }), width)
  );
  return stacked([lettering(`thickness: ${axisLabel(value)}`, { width }), ...blocks], 14);
}

/** The thickest, which are named. */
function foremost(routes: readonly Route[]): Route[] {
  return routes.toSorted((a, b) => b.path.share - a.path.share).slice(0, NAMED);
}

/** Room for the longest name in any panel. */
function roomFor(panels: readonly (readonly Route[])[]): number {
  return Math.max(...panels.flatMap(foremost).map((route) => textWidth(routeName(route)))) + 12;
}

/** The units of a drawing, and its room for names beside the bands, if any. */
interface Sizes {
  readonly unit: number;
  readonly width: number;
  readonly room: number;
}

function drawPanel(routes: readonly Route[], { unit, width, room }: Sizes): Block {
  const named = foremost(routes);
  const colour = (route: Route) =>
    named.includes(route) ? seriesColour(named.indexOf(route)) : undefined;
  const bands = drawBands(routes, { unit, width: width - room, colour });
  if (room === 0) {
    const list = named.map((route) => lettering(routeName(route), { width, fill: colour(route)! }));
    return stacked([bands, stacked(list, 2)], 6);
  }
  const labels = drawLabels(named, bands.ends, { x: width - room + 8, width: room - 8, colour });
  return {
    height: Math.max(bands.height, labels.height),
    marks: [...bands.marks, ...labels.marks],
  };
}

/** The names of routes beside their ends, from top to bottom, none over another. */
function drawLabels(
  named: readonly Route[],
  ends: Bands["ends"],
  { x, width, colour }: {
    readonly x: number;
    readonly width: number;
    readonly colour: (route: Route) => string | undefined;
  },
): Block {
  let free = 0;
  const marks = named.toSorted((a, b) => ends.get(a)! - ends.get(b)!).flatMap((route) => {
    const lines = wrapped(routeName(route), width);
    const top = Math.max(free, ends.get(route)! - lines.length * LINE / 2);
    free = top + lines.length * LINE + 3;
    const at = { x, fill: colour(route) };
    return lines.map((line, i) => words(line, { ...at, y: top + (i + 0.5) * LINE }));
  });
  return { height: free, marks };
}
