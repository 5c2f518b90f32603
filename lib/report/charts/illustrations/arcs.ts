import type { Arcs } from "../../../claims/pictures/figure.ts";
import { axisLabel, shownToken } from "../../figure_labels.ts";
import { compactNumber } from "../../numbers.ts";
import { hint, path, type Svg, svg } from "../svg.ts";
import { arrowHead, neck, type Point } from "./arrow.ts";
import { type Block, stacked, underName } from "./block.ts";
import { thicknessKey } from "./keys.ts";
import { type Box, boxWidth, roomsBefore, tokenBox, tokenWords } from "./tokens.ts";

type Panel = Arcs["panels"][number];
type Arc = Panel["arcs"][number];

/** How thick the arrow of the whole weight is, and the thinnest that is seen. */
const THICK = { whole: 9, least: 0.75 };

/** Height of a token's box, and size of its letters. */
const TOKEN = { height: 24, size: 12 };

/** How far an arc between neighbours rises above the text, each place more, and all of them at most. */
const RISE = { first: 20, each: 7, most: 130 };

/** The text as a row with arrows above it, or, where that is too wide, as a column beside them. */
export function drawArcs({ panels, value }: Arcs, width: number): Block {
  const samples = [0.1, 0.5, 1].map((weight) => ({
    label: compactNumber(weight),
    thickness: thicknessOf(weight),
  }));
  const texts = panels.map((panel) => underName(panel.name, drawPanel(panel, width), width));
  return stacked([thicknessKey(axisLabel(value), samples, width), ...texts], 18);
}

function drawPanel(panel: Panel, width: number): Block {
  const row = rowOf(panel.tokens);
  const last = row[row.length - 1];
  return last.x + last.width < width ? asRow(panel, row) : asColumn(panel, width);
}

/** The places of tokens side by side. */
function rowOf(tokens: readonly string[]): Box[] {
  const rooms = roomsBefore(tokens);
  let x = 0.5;
  return tokens.map((token, i) => {
    const box = { x: x + rooms[i], width: boxWidth(token, TOKEN.size) };
    x = box.x + box.width;
    return box;
  });
}

function asRow({ tokens, arcs }: Panel, row: readonly Box[]): Block {
  const top = Math.max(0, ...arcs.map(riseOf)) + 6;
  const place = (along: number, across: number) => ({ x: along, y: top - across });
  return {
    height: top + TOKEN.height + 1,
    marks: [
      ...drawnArcs(arcs, tokens, row, place),
      ...row.map((box, i) => tokenAt(tokens[i], { ...box, y: top })),
    ],
  };
}

function asColumn({ tokens, arcs }: Panel, width: number): Block {
  const widest = Math.max(...tokens.map((token) => boxWidth(token, TOKEN.size)));
  const high = TOKEN.height - 2;
  const column = tokens.map((_, i) => ({ x: i * high + 0.5, width: high }));
  const room = width - widest - 6;
  const squeeze = Math.min(1, room / Math.max(1, ...arcs.map(riseOf)));
  const place = (along: number, across: number) => ({ x: widest + across * squeeze, y: along });
  return {
    height: tokens.length * high + 1,
    marks: [
      ...drawnArcs(arcs, tokens, column, place),
      ...column.map((box, i) => tokenAt(tokens[i], { x: 0.5, y: box.x, width: widest - 1 })),
    ],
  };
}

function tokenAt(token: string, { x, y, width }: Point & Box): Svg {
  const at = { x: x + width / 2, y: y + TOKEN.height / 2 - 1, "font-size": TOKEN.size };
  const box = { x, y, width, height: TOKEN.height - 2 };
  return svg("g", {}, tokenBox(box), tokenWords(token, at));
}

/** From a place along the text and a height above it to the drawing. */
type Place = (along: number, across: number) => Point;

/** The weightiest lies on top. */
function drawnArcs(
  arcs: readonly Arc[],
  tokens: readonly string[],
  boxes: readonly Box[],
  place: Place,
): Svg[] {
  return arcs.toSorted((a, b) => a.weight - b.weight).map((arc) => {
    const [from, to] = [arc.from, arc.to].map((i) => `${shownToken(tokens[i])} (${i + 1})`);
    const said = hint(`${from} looks at ${to}: ${compactNumber(arc.weight)}`);
    return svg("g", { opacity: 0.35 + 0.55 * arc.weight }, said, ...drawnArc(arc, boxes, place));
  });
}

/** It leaves a token on the side to which it goes, and comes in on the side from which it comes. */
function drawnArc(arc: Arc, boxes: readonly Box[], place: Place): Svg[] {
  const back = arc.to <= arc.from;
  const start = along(boxes[arc.from], back ? 0.3 : 0.7);
  const end = along(boxes[arc.to], back ? 0.7 : 0.3);
  const thick = thicknessOf(arc.weight);
  const size = 5 + thick;
  const rise = riseOf(arc) * 4 / 3;
  const tip = place(end, 1);
  const above = place(end, rise);
  const direction = { x: tip.x - above.x, y: tip.y - above.y };
  const [a, b, c] = [place(start, 1), place(start, rise), neck(tip, direction, size)];
  const d = path`M${a.x} ${a.y}C${b.x} ${b.y} ${above.x} ${above.y} ${c.x} ${c.y}`;
  return [
    svg("path", { d, fill: "none", stroke: "var(--c1)", "stroke-width": thick }),
    arrowHead(tip, direction, size, "var(--c1)"),
  ];
}

function along({ x, width }: Box, part: number): number {
  return x + width * part;
}

function riseOf({ from, to }: Arc): number {
  return Math.min(RISE.most, RISE.first + RISE.each * Math.abs(from - to));
}

function thicknessOf(weight: number): number {
  return Math.max(THICK.least, THICK.whole * weight);
}
