import type { Part } from "../../claims/pictures/figure.ts";
import type { Schematic } from "../document/drawn.ts";
import { describeParts, PART_NAMES } from "../figure_labels.ts";
import { arrowHead } from "./illustrations/arrow.ts";
import { path, sheet, type Svg, svg, words } from "./svg.ts";

/** What the lanes are about: each token, and what a good model predicts after it. */
const TEXT = ["nothing", "was", "to", "be", "seen", ","];

/** How high the middle of each part is, from the top down. */
const LEVEL: Readonly<Record<Part, number>> = {
  predictions: 13,
  unembedding: 45,
  norm: 66,
  mlp: 108,
  stream: 147,
  attention: 178,
  positions: 265,
  embedding: 287,
  tokens: 318,
};

const HEIGHT = 332;

/** The frame of a layer, from its top to its foot. */
const LAYER = { top: 78, foot: 249 };

/** Where attention reads the streams, and where it adds to its own. */
const READ = { from: 211, to: 157 };

/** From a stream to its attention on the left and its MLP on the right. */
const ASIDE = 24;

/** What stands beside the first stream and beside the last takes so much room. */
const BESIDE = { left: 36, right: 44 };

/** How much lower an arrow hangs for each lane that it crosses. */
const SAG = 9;

/** How the parts of a drawing look, and where its lanes are. */
interface Drawing {
  readonly lanes: readonly number[];
  readonly names: number;
  /** All parts, or all but the MLP. */
  readonly parts: readonly Part[];
  /** The colour and strength of a part: lit or pale. */
  readonly look: (part: Part) => { readonly colour: string; readonly opacity: number };
}

/**
 * A transformer over a short text, a lane for each token: what crosses lanes and what stays inside;
 * the parts in which an answer lies are lit.
 */
export function drawSchematic(
  { lit, attn_only }: Omit<Schematic, "kind">,
  width: number,
): string {
  const narrow = width < 450;
  const [count, names] = narrow ? [4, 84] : [5, 104];
  const step = (width - names - BESIDE.left - BESIDE.right) / (count - 1);
  const lanes = Array.from({ length: count }, (_, i) => names + BESIDE.left + i * step);
  const look = (part: Part) =>
    lit.includes(part)
      ? { colour: "var(--c1)", opacity: 1 }
      : { colour: "currentColor", opacity: 0.28 };
  const parts = (Object.keys(LEVEL) as Part[]).filter((part) => !(attn_only && part === "mlp"));
  const drawing = { lanes, names, parts, look };
  return sheet(describeParts(lit, attn_only), { width, height: HEIGHT }, [
    layerFrame(drawing, width),
    ...lanes.map((x) => stream(x, drawing)),
    ...lanes.flatMap((x, i) => lane(x, i, drawing)),
    ...lanes.flatMap((_, i) => attentionOf(i, drawing)),
    ...parts.map((part) => nameOf(part, lit)),
  ]);
}

function nameOf(part: Part, lit: readonly Part[]): Svg {
  const shown = lit.includes(part)
    ? { fill: "var(--c1)", "font-weight": 600 }
    : { fill: "var(--quiet)" };
  return words(PART_NAMES[part], { x: 0, y: LEVEL[part], "font-size": 12, ...shown });
}

function layerFrame({ names }: Drawing, width: number): Svg {
  return svg("rect", {
    ...{ x: names, y: LAYER.top, width: width - names - 1, height: LAYER.foot - LAYER.top, rx: 8 },
    ...{ fill: "none", stroke: "var(--rule)", "stroke-dasharray": "3 3" },
  });
}

function stream(x: number, { look }: Drawing): Svg {
  const { colour, opacity } = look("stream");
  const d = path`M${x} ${LEVEL.embedding - 8}V${LEVEL.unembedding + 8}`;
  return svg("path", { d, fill: "none", stroke: colour, "stroke-width": 3, opacity });
}

/** What stays inside a lane. */
function lane(x: number, i: number, drawing: Drawing): Svg[] {
  const left = x - ASIDE;
  return [
    box("tokens", { x, width: 54, height: 24 }, TEXT[i], drawing),
    line("embedding", path`M${x} ${LEVEL.tokens - 12}V${LEVEL.embedding + 7}`, drawing),
    box("embedding", { x, width: 30, height: 15 }, "", drawing),
    box("positions", { x: left, width: 18, height: 16 }, String(i + 1), drawing),
    line("positions", path`M${left + 9} ${LEVEL.positions}H${x}`, drawing),
    ...(drawing.parts.includes("mlp") ? mlpBeside(x, drawing) : []),
    mark(x, LEVEL.norm, drawing),
    box("unembedding", { x, width: 30, height: 15 }, "", drawing),
    line("predictions", path`M${x} ${LEVEL.unembedding - 8}V${LEVEL.predictions + 12}`, drawing),
    box("predictions", { x, width: 54, height: 24 }, TEXT[i + 1], drawing),
  ];
}

function mlpBeside(x: number, drawing: Drawing): Svg[] {
  const right = x + ASIDE;
  return [
    line("mlp", loop(x, right, LEVEL.mlp + 33, LEVEL.mlp - 24), drawing),
    mark(right, LEVEL.mlp + 17, drawing),
    box("mlp", { x: right, width: 32, height: 22 }, "MLP", drawing),
  ];
}

/** Out of a stream, past what stands beside it, and back in further up. */
function loop(x: number, beside: number, from: number, to: number): string {
  return path`M${x} ${from}C${beside} ${from} ${beside} ${from} ${beside} ${from - 16}V${to + 14}` +
    path`C${beside} ${to} ${beside} ${to} ${x} ${to}`;
}

/** One position's attention: it looks at all earlier lanes and adds to its own. */
function attentionOf(i: number, drawing: Drawing): Svg[] {
  const { lanes, look } = drawing;
  const beside = lanes[i] - ASIDE;
  const { colour, opacity } = look("attention");
  const arrows = lanes.slice(0, i).flatMap((x, to) => {
    const tip = { x: x + 2.5, y: READ.from };
    const low = READ.from + SAG * (i - to);
    const d = path`M${beside} ${READ.from - 18}C${beside} ${low} ${beside - 8} ${low} ` +
      path`${(x + beside) / 2} ${low}S${x + Math.min(22, (beside - x) / 4)} ${low} ${tip.x + 4} ${
        tip.y + 3
      }`;
    const style = { fill: "none", stroke: colour, "stroke-width": 1.2 };
    return [svg("path", { d, ...style }), arrowHead(tip, { x: -3, y: -2 }, 7, colour)];
  });
  return [
    svg("g", { opacity }, ...arrows),
    line("attention", loop(lanes[i], beside, READ.from, READ.to), drawing),
    mark(beside, LEVEL.attention + 16, drawing),
    box("attention", { x: beside, width: 18, height: 20 }, "", drawing),
  ];
}

/** A LayerNorm: a bar across what is read. */
function mark(x: number, y: number, { look }: Drawing): Svg {
  const { colour, opacity } = look("norm");
  return svg("rect", { x: x - 7, y: y - 2, width: 14, height: 4, rx: 1, fill: colour, opacity });
}

function line(part: Part, d: string, { look }: Drawing): Svg {
  const { colour, opacity } = look(part);
  return svg("path", { d, fill: "none", stroke: colour, "stroke-width": 1.5, opacity });
}

/** A box of paper around the middle of its part, with letters in it. */
function box(
  part: Part,
  { x, width, height }: { readonly x: number; readonly width: number; readonly height: number },
  text: string,
  { look }: Drawing,
): Svg {
  const { colour, opacity } = look(part);
  const y = LEVEL[part];
  const frame = { x: x - width / 2, y: y - height / 2, width, height, rx: 3 };
  const inside = opacity === 1 ? "var(--ink)" : "var(--quiet)";
  return svg(
    "g",
    {},
    svg("rect", { ...frame, fill: "var(--paper)" }),
    svg("rect", {
      ...frame,
      fill: colour,
      "fill-opacity": opacity === 1 ? 0.16 : 0.05,
      stroke: colour,
      "stroke-opacity": opacity,
    }),
    ...(text === ""
      ? []
      : [words(text, { x, y, "font-size": 11, "text-anchor": "middle", fill: inside })]),
  );
}
