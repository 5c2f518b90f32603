import { HALO, hint, path, type Svg, svg, words } from "../svg.ts";
import { type Block, LINE } from "./block.ts";
import { type Column, columnsFrom, type Route, routeName, total } from "./routes.ts";

/** Above a stop, for its name. */
const GAP = 19;

/** Width of the bar of a stop, and of those at both ends. */
const BAR = 7;

/** Between bands that lie side by side. */
const SEAM = 1;

/** Bands run straight so far before and after a stop. */
const STRAIGHT = 16;

/** Where the middle of each route is, in one column. */
type Heights = ReadonlyMap<Route, number>;

/** Routes drawn, and the height at which each ends. */
export interface Bands extends Block {
  readonly ends: Heights;
}

/** How bands are drawn. */
interface Look {
  /** Units of the drawing for the whole of what is shared. */
  readonly unit: number;
  readonly width: number;
  /** Of those that stand out. */
  readonly colour: (route: Route) => string | undefined;
}

/** Routes from left to right, through a bar for each stop. */
export function drawBands(routes: readonly Route[], look: Look): Bands {
  const columns = columnsFrom(routes);
  const { high, places } = layOut(routes, columns, look.unit);
  const last = places.length - 1;
  const xs = places.map((_, i) => BAR / 2 + (look.width - BAR) * i / last);
  const pale = routes.filter((route) => look.colour(route) === undefined);
  const ordered = [...pale, ...routes.filter((route) => !pale.includes(route))];
  return {
    height: high + LINE + 4,
    ends: places[last],
    marks: [
      ...ordered.map((route) => band(route, places, xs, look)),
      ...[0, last].map((i) => bar(routes, places[i], xs[i], look.unit)),
      ...columns.flatMap((column, i) => drawStops(column, places[i + 1], xs[i + 1], look.unit)),
      foot("the token", 0, high, "start"),
      foot("the prediction", look.width, high, "end"),
    ],
  };
}

/** Where each route is at the left end, in each column and at the right end. */
function layOut(routes: readonly Route[], columns: readonly Column[], unit: number) {
  const all = total(routes) * unit;
  const high = Math.max(...columns.map((column) => columnHeight(column, unit)), all);
  const closed = (column?: Column) => {
    const order = column?.groups.flatMap(({ routes }) => routes) ?? routes;
    return laidDown(order, (high - all) / 2, unit);
  };
  const spread = columns.map((column) => spreadOut(column, unit, high));
  return { high, places: [closed(columns[0]), ...spread, closed(columns.at(-1))] };
}

function columnHeight({ groups }: Column, unit: number): number {
  return total(groups.flatMap(({ routes }) => routes)) * unit + groups.length * GAP;
}

/** The routes of a column, with a gap above each stop. */
function spreadOut(column: Column, unit: number, high: number): Heights {
  let top = (high - columnHeight(column, unit)) / 2;
  return new Map(column.groups.flatMap(({ routes }) => {
    const placed = laidDown(routes, top + GAP, unit);
    top += GAP + total(routes) * unit;
    return [...placed];
  }));
}

/** Routes one right under the other. */
function laidDown(routes: readonly Route[], from: number, unit: number): Heights {
  let top = from;
  return new Map(routes.map((route) => {
    const thick = route.path.share * unit;
    top += thick;
    return [route, top - thick / 2];
  }));
}

function band(
  route: Route,
  places: readonly Heights[],
  xs: readonly number[],
  { unit, colour }: Look,
): Svg {
  const heights = places.map((place) => place.get(route)!);
  const bends = heights.slice(1).map((y, i) => {
    const [from, to] = [xs[i] + STRAIGHT, xs[i + 1] - STRAIGHT];
    const middle = (from + to) / 2;
    return path`H${from}C${middle} ${heights[i]} ${middle} ${y} ${to} ${y}H${xs[i + 1]}`;
  });
  const own = colour(route);
  return svg("path", {
    d: path`M${xs[0]} ${heights[0]}` + bends.join(""),
    fill: "none",
    stroke: own ?? "var(--quiet)",
    "stroke-opacity": own === undefined ? 0.35 : 0.8,
    "stroke-width": Math.max(0.5, route.path.share * unit - SEAM),
  }, hint(routeName(route)));
}

function drawStops({ groups }: Column, heights: Heights, x: number, unit: number): Svg[] {
  return groups.filter(({ stop }) => stop !== undefined).flatMap(({ stop, routes }) => {
    const top = heights.get(routes[0])! - routes[0].path.share * unit / 2;
    const at = { x, y: top - 9, "font-size": 12, "text-anchor": "middle" };
    return [bar(routes, heights, x, unit), words(stop!, { ...HALO, ...at })];
  });
}

/** A bar across some routes that are one right under the other. */
function bar(routes: readonly Route[], heights: Heights, x: number, unit: number): Svg {
  const edges = routes.flatMap((route) => {
    const half = Math.max(0.5, route.path.share * unit) / 2;
    return [heights.get(route)! - half, heights.get(route)! + half];
  });
  const [top, bottom] = [Math.min(...edges), Math.max(...edges)];
  const size = { x: x - BAR / 2, y: top, width: BAR, height: bottom - top };
  return svg("rect", { ...size, fill: "currentColor", "fill-opacity": 0.75 });
}

function foot(text: string, x: number, y: number, anchor: string): Svg {
  const style = { "font-size": 12, fill: "var(--quiet)", "text-anchor": anchor };
  return words(text, { x, y: y + 4 + LINE / 2, ...style });
}
