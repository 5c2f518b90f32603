import type { Fan } from "../../../claims/pictures/figure.ts";
import { formatNumber } from "../../../claims/prose/number.ts";

type Path = Fan["panels"][number]["paths"][number];

/** A path with what it passes in each column, nothing where it runs past. */
export interface Route {
  readonly path: Path;
  readonly stops: readonly (string | undefined)[];
}

/** The paths through columns of stops, each to the right of whatever comes before it on some path. */
export function routesOf(paths: readonly Path[]): Route[] {
  const columns = columnsOf(paths);
  const count = Math.max(0, ...[...columns.values()].map((column) => column + 1));
  return paths.map((path) => {
    const at = new Map(path.through.map((stop) => [columns.get(stop), stop]));
    return { path, stops: Array.from({ length: count }, (_, column) => at.get(column)) };
  });
}

/** The column of each stop; those of paths that run in a circle end in the last one. */
function columnsOf(paths: readonly Path[]): Map<string, number> {
  const columns = new Map(paths.flatMap(({ through }) => through).map((stop) => [stop, 0]));
  for (let round = 0; round < columns.size; round++) {
    for (const { through } of paths) {
      through.slice(1).forEach((stop, i) => {
        const after = columns.get(through[i])! + 1;
        if (after > columns.get(stop)! && after < columns.size) columns.set(stop, after);
      });
    }
  }
  return columns;
}

/** The routes from top to bottom in a column: those of a stop side by side, the thickest stop first. */
export interface Column {
  readonly groups: readonly { readonly stop?: string; readonly routes: readonly Route[] }[];
}

/** The columns from left to right; within a stop, routes keep the order in which they come. */
export function columnsFrom(routes: readonly Route[]): Column[] {
  let order = routes.toSorted((a, b) => b.path.share - a.path.share);
  return routes[0].stops.map((_, column) => {
    const groups = [...Map.groupBy(order, ({ stops }) => stops[column])]
      .map(([stop, routes]) => ({ stop, routes }))
      .sort((a, b) => total(b.routes) - total(a.routes));
    order = groups.flatMap(({ routes }) => routes);
    return { groups };
  });
}

/** The share of some routes together. */
export function total(routes: readonly Route[]): number {
  return routes.reduce((sum, { path }) => sum + path.share, 0);
}

/** A route as its stops, with its share: "L0H3 → L1H2: 31%". */
export function routeName({ path: { through, share } }: Route): string {
  const way = through.length === 0 ? "direct" : through.join(" → ");
  return `${way}: ${formatNumber(share, { percent: true, digits: 0 })}`;
}
