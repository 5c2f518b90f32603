import { escapeHtml } from "../escape.ts";
import { oneLine } from "../plain_text.ts";

/** SVG that was made by {@linkcode svg}: every text and attribute in it is escaped. */
export class Svg {
  /** Wraps what is SVG already. */
  constructor(readonly markup: string) {}
}

/** What an attribute may be; undefined leaves it out. */
export type Attributes = Readonly<Record<string, number | string | undefined>>;

/** An element with its attributes and what is in it; strings are text. */
export function svg(name: string, attributes: Attributes, ...inside: (Svg | string)[]): Svg {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${written(value)}"`]
  );
  const content = inside.map((part) => part instanceof Svg ? part.markup : escapeHtml(part));
  return new Svg(`<${name}${given.join("")}>${content.join("")}</${name}>`);
}

/** A hundredth of a unit is finer than any screen. */
function written(value: number | string): string {
  return typeof value === "number" ? String(rounded(value)) : escapeHtml(value);
}

/** The drawing commands of a path: `` path`M${x} ${y}h${width}` ``. */
export function path(commands: TemplateStringsArray, ...numbers: readonly number[]): string {
  return commands.reduce((text, next, i) => text + rounded(numbers[i - 1]) + next);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Marks moved to a place. */
export function moved(x: number, y: number, marks: readonly Svg[]): Svg {
  return svg("g", { transform: path`translate(${x},${y})` }, ...marks);
}

/** A line of text around a height; the text is as the page's unless told. */
export function words(text: string, at: Attributes): Svg {
  return svg(
    "text",
    { "dominant-baseline": "central", fill: "currentColor", ...at },
    oneLine(text),
  );
}

/** For words that stand over something: the paper shines through around them. */
export const HALO: Attributes = {
  stroke: "var(--paper)",
  "stroke-width": 4,
  "stroke-linejoin": "round",
  "paint-order": "stroke",
};

/** What is said of a mark where one points at it. */
export function hint(text: string): Svg {
  return svg("title", {}, text);
}

/** A whole drawing with its name, for a page that has the colours' properties. */
export function sheet(
  title: string,
  { width, height }: { readonly width: number; readonly height: number },
  marks: readonly Svg[],
): string {
  const size = { width, height, viewBox: path`0 0 ${width} ${height}` };
  const style = "font-size: 13px; color: var(--ink);";
  const named = { role: "img", "aria-label": title, class: "chart" };
  return svg("svg", { ...named, ...size, style }, hint(title), ...marks).markup;
}
