import { assertEquals } from "@std/assert";
import { columnsFrom, routeName, routesOf } from "./routes.ts";

const PATHS = [
  { through: ["L1H2"], share: 0.2 },
  { through: [], share: 0.1 },
  { through: ["L0H3", "L1H2"], share: 0.6 },
  { through: ["L0H1"], share: 0.1 },
];

Deno.test("a stop stands to the right of whatever comes before it on some path", () => {
  assertEquals(routesOf(PATHS).map(({ stops }) => stops), [
    [undefined, "L1H2"],
    [undefined, undefined],
    ["L0H3", "L1H2"],
    ["L0H1", undefined],
  ]);
});

Deno.test("paths without a stop need no column, and those in a circle end", () => {
  assertEquals(routesOf([{ through: [], share: 1 }])[0].stops, []);
  const circle = [["a", "b"], ["b", "a"]].map((through) => ({ through, share: 0.5 }));
  assertEquals(routesOf(circle).length, 2);
});

Deno.test("the thickest stop is at the top of its column, and its paths lie together", () => {
  const columns = columnsFrom(routesOf(PATHS)).map(({ groups }) =>
    groups.map(({ stop, routes }) => [stop, routes.map(({ path }) => path.share)])
  );
  assertEquals(columns, [
    [["L0H3", [0.6]], [undefined, [0.2, 0.1]], ["L0H1", [0.1]]],
    [["L1H2", [0.6, 0.2]], [undefined, [0.1, 0.1]]],
  ]);
});

Deno.test("a route is called by its stops and its share", () => {
  assertEquals(routesOf(PATHS).map(routeName), [
    "L1H2: 20%",
    "direct: 10%",
    "L0H3 → L1H2: 60%",
    "L0H1: 10%",
  ]);
});
