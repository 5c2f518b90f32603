import { type Svg, svg, words } from "../svg.ts";
import { type Block, lettering, LINE, stacked, textWidth } from "./block.ts";

/** How the shades of a scale look, from the paper's colour on. */
const SHADES = [0, 0.25, 0.5, 0.75, 1];

/** What the shade of a box means. */
export function shadeKey(label: string, width: number): Block {
  const boxes = swatches(SHADES.map((opacity) => ({ colour: "var(--c1)", opacity })), 40);
  const ends = [quiet("less", 32, "end"), quiet("more", 40 + SHADES.length * 18 + 8, "start")];
  return keyed(label, 180, [...boxes, ...ends], width);
}

/** Boxes of some shades, side by side. */
export function swatches(
  shades: readonly { readonly colour: string; readonly opacity: number }[],
  left: number,
): Svg[] {
  return shades.map(({ colour, opacity }, i) =>
    svg("rect", {
      ...{ x: left + i * 18, y: 3, width: 18, height: 12, fill: colour, "fill-opacity": opacity },
      ...{ stroke: "currentColor", "stroke-opacity": 0.3 },
    })
  );
}

/** What the thickness of a line means, at some values. */
export function thicknessKey(
  label: string,
  samples: readonly { readonly label: string; readonly thickness: number }[],
  width: number,
): Block {
  let x = 0;
  const marks = samples.flatMap(({ label, thickness }) => {
    const at = { x, width: 22, height: thickness, y: LINE / 2 - thickness / 2 };
    const line = svg("rect", { ...at, fill: "var(--c1)", "fill-opacity": 0.75 });
    const said = quiet(label, x + 28, "start");
    x += 28 + textWidth(label) + 16;
    return [line, said];
  });
  return keyed(label, x, marks, width);
}

/** The label and its samples on one line, or on two where there is no room. */
function keyed(label: string, wide: number, samples: readonly Svg[], width: number): Block {
  const title = `${label}:`;
  const beside = textWidth(title) + 14;
  const sample = { height: LINE, marks: samples };
  if (beside + wide > width) return stacked([lettering(title, { width }), sample], 4);
  const placed = svg("g", { transform: `translate(${Math.round(beside)},0)` }, ...samples);
  return { height: LINE, marks: [words(title, { y: LINE / 2 }), placed] };
}

function quiet(text: string, x: number, anchor: "start" | "end"): Svg {
  return words(text, { x, y: LINE / 2, "text-anchor": anchor, fill: "var(--quiet)" });
}
