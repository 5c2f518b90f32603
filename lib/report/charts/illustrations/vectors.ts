import type { Vectors } from "../../../claims/pictures/figure.ts";
import { compactNumber } from "../../numbers.ts";
import { wrapped } from "../labels.ts";
import { HALO, hint, moved, path, type Svg, svg, words } from "../svg.ts";
import { ticksFrom } from "../ticks.ts";
import { arrowHead, neck } from "./arrow.ts";
import { type Block, lettering, LINE, stacked, textWidth } from "./block.ts";

type Vector = Vectors["panels"][number]["vectors"][number];

/** A panel is at least so wide where several stand side by side, and at most. */
const SIZE = { least: 150, most: 300 };

/** So many times as wide as the longest word beside its arrows is a panel, at least. */
const WORDS = 4.4;

/** Between panels. */
const GAP = 16;

/** Size of an arrow's head. */
const HEAD = 9;

/** From the tip of an arrow to its label. */
const REACH = 7;

/** One scale for all panels. */
interface Scale {
  /** Of a panel, which is square. */
  readonly size: number;
  /** Units of the drawing for one of the data. */
  readonly unit: number;
  /** The radius of the ring that says how long an arrow is, in the data's units. */
  readonly ring: number;
}

/** Arrows from the middle of a square, panels side by side as they fit. */
export function drawVectors({ panels }: Vectors, width: number): Block {
  const all = panels.flatMap(({ vectors }) => vectors);
  const longest = Math.max(
    ...all.flatMap(({ label }) => label.split(" ").map((w) => textWidth(w))),
  );
  const least = Math.min(SIZE.most, Math.max(SIZE.least, longest * WORDS));
  const columns = Math.max(1, Math.min(panels.length, Math.floor((width + GAP) / (least + GAP))));
  const size = Math.min(SIZE.most, (width - (columns - 1) * GAP) / columns);
  const scale = scaleOf(all, size);
  const rows = Array.from(
    { length: Math.ceil(panels.length / columns) },
    (_, i) => panels.slice(i * columns, (i + 1) * columns),
  );
  return stacked(rows.map((row) => drawRow(row, scale)), GAP);
}

/** As large as leaves room for every label. */
function scaleOf(vectors: readonly Vector[], size: number): Scale {
  const units = vectors.flatMap((vector) => {
    const { lines, towards, anchor } = labelling(vector, size);
    const wide = textWidth(lines.toSorted((a, b) => b.length - a.length)[0]);
    const beside = Math.abs(towards.x) * REACH + (anchor === "middle" ? wide / 2 : wide);
    const above = Math.abs(towards.y) * (REACH + lines.length * LINE) + 4;
    return [(size / 2 - beside) / Math.abs(vector.x), (size / 2 - above) / Math.abs(vector.y)];
  });
  const longest = Math.max(...vectors.map(({ x, y }) => Math.hypot(x, y))) || 1;
  const least = Math.min(...units.filter((unit) => unit > 0), (size / 2 - 4) / longest);
  const ring = ticksFrom(0, longest, 2).findLast((tick) => tick <= longest && tick > 0) ?? longest;
  return { size, unit: Math.max(least, size / 8 / longest), ring };
}

/** A label in lines, the way from the middle to it, and where its lines are held. */
function labelling({ x, y, label }: Vector, size: number) {
  const length = Math.hypot(x, y) || 1;
  const towards = { x: x / length, y: -y / length };
  const anchor = towards.x > 0.35 ? "start" : towards.x < -0.35 ? "end" : "middle";
  return { lines: wrapped(label, size * 0.36), towards, anchor };
}

function drawRow(row: Vectors["panels"], scale: Scale): Block {
  const { size } = scale;
  const names = row.map(({ name }) => lettering(name, { width: size, "font-weight": 600 }));
  const top = Math.max(...names.map(({ height }) => height));
  const head = top === 0 ? 0 : top + 6;
  const marks = row.flatMap(({ vectors }, i) => [
    moved(i * (size + GAP), top - names[i].height, names[i].marks),
    moved(i * (size + GAP), head, drawPanel(vectors, scale)),
  ]);
  return { height: head + size, marks };
}

function drawPanel(vectors: readonly Vector[], scale: Scale): Svg[] {
  const { size } = scale;
  const middle = size / 2;
  const frame = { x: 0.5, y: 0.5, width: size - 1, height: size - 1, fill: "none" };
  const cross = path`M${middle} 0.5v${size - 1}M0.5 ${middle}h${size - 1}`;
  return [
    svg("rect", { ...frame, stroke: "var(--rule)" }),
    svg("path", { d: cross, stroke: "var(--rule)", fill: "none" }),
    ...drawRing(scale),
    ...vectors.map((vector) => drawArrow(vector, scale)),
    ...vectors.flatMap((vector) => drawLabel(vector, scale)),
  ];
}

/** A circle of a round radius, with its number where fewest arrows point. */
function drawRing({ size, unit, ring }: Scale): Svg[] {
  const [middle, r] = [size / 2, ring * unit];
  const at = { x: middle + 4, y: middle + r, "font-size": 11, fill: "var(--quiet)" };
  const dashed = { stroke: "var(--rule)", "stroke-dasharray": "3 3" };
  return [
    svg("circle", { cx: middle, cy: middle, r, fill: "none", ...dashed }),
    words(compactNumber(ring), { ...HALO, ...at }),
  ];
}

function drawArrow({ x, y, label }: Vector, { size, unit }: Scale): Svg {
  const middle = size / 2;
  const tip = { x: middle + x * unit, y: middle - y * unit };
  const direction = { x, y: -y };
  const short = Math.hypot(x, y) * unit < HEAD;
  const end = short ? tip : neck(tip, direction, HEAD);
  const line = { x1: middle, y1: middle, x2: end.x, y2: end.y };
  return svg(
    "g",
    {},
    hint(`${label}: ${compactNumber(x)}, ${compactNumber(y)}`),
    svg("line", { ...line, stroke: "var(--c1)", "stroke-width": 2 }),
    ...(short ? [] : [arrowHead(tip, direction, HEAD, "var(--c1)")]),
  );
}

/** Beyond the tip, away from the middle. */
function drawLabel(vector: Vector, { size, unit }: Scale): Svg[] {
  const { lines, towards, anchor } = labelling(vector, size);
  const high = lines.length * LINE;
  const x = size / 2 + vector.x * unit + towards.x * REACH;
  const y = size / 2 - vector.y * unit + towards.y * (REACH + high / 2);
  const top = Math.min(size - high - 2, Math.max(2, y - high / 2));
  return lines.map((line, i) =>
    words(line, { ...HALO, x, y: top + (i + 0.5) * LINE, "text-anchor": anchor })
  );
}
