import type { Margin, Point } from "../document/margin.ts";
import { compactNumber, extent } from "../numbers.ts";
import { hint, type Svg, svg } from "./svg.ts";

/** Where on the line, in percent from the left, a value stands. */
type Place = (value: number) => number;

/** Room at either end for half a dot, in percent. */
const END = 2;

/** From how many times the least value on to the greatest an axis is one of powers. */
const DECADES = 100;

/** Height of the line of the axis. */
const AXIS = 24;

/**
 * What was measured as dots on one line, the bound as a tick, the nearest control as a hollow dot. Its
 * places are in percent: it is as wide as its column, and its words are as large as on any other.
 */
export function marginLine(margin: Margin): string {
  const { points, control, bound, words: name } = margin;
  const ends = [bound?.above, bound?.below, bound?.equals].filter((end) => end !== undefined);
  const values = [...points.map(({ value }) => value), ...ends, ...control ? [control.value] : []];
  const place = placing(values);
  const marks = [
    rule(0, 100, "var(--rule)", 1),
    ...bound ? [allowed(place, bound)] : [],
    ...ends.map((end) => tick(place(end))),
    ...dots(place, points),
    ...control ? [hollow(place, control)] : [],
    ...labels(place, margin, ends),
  ];
  const size = { width: "100%", height: 50, class: "margin", style: "font-size: 12px" };
  return svg("svg", { role: "img", "aria-label": name, ...size }, ...marks).markup;
}

/** Powers of ten where values span decades and none is below zero; zero then has the left end. */
function placing(values: readonly number[]): Place {
  const [least, greatest] = extent(values);
  const positive = values.filter((value) => value > 0);
  const [low, high] = positive.length > 0 ? extent(positive) : [1, 1];
  if (least >= 0 && high / low >= DECADES) {
    const zero = least === 0 ? 10 : 0;
    const scale = (100 - 2 * END - zero) / (Math.log(high) - Math.log(low));
    return (value) => value > 0 ? END + zero + scale * (Math.log(value) - Math.log(low)) : END;
  }
  // Nothing but one number: zero at the left end, or it in the middle.
  if (least === greatest) return () => least === 0 ? END : 50;
  const from = least >= 0 && least < greatest / 2 ? 0 : least;
  // Quarters, since the difference of the ends must be a number.
  const part = (value: number) => (value / 4 - from / 4) / (greatest / 4 - from / 4);
  return (value) => END + (100 - 2 * END) * part(value);
}

const percent = (place: number) => `${Math.round(place * 10) / 10}%`;

function rule(from: number, to: number, stroke: string, width: number): Svg {
  const ends = { x1: percent(from), x2: percent(to), y1: AXIS, y2: AXIS };
  return svg("line", { ...ends, stroke, "stroke-width": width });
}

/** The part of the line where what is measured must lie. */
function allowed(place: Place, { above, below, equals }: NonNullable<Margin["bound"]>): Svg {
  const from = above ?? equals;
  const to = below ?? equals;
  return rule(
    from === undefined ? 0 : place(from),
    to === undefined ? 100 : place(to),
    "var(--quiet)",
    3,
  );
}

function tick(at: number): Svg {
  const x = percent(at);
  const ends = { x1: x, x2: x, y1: AXIS - 9, y2: AXIS + 9 };
  return svg("line", { ...ends, stroke: "currentColor", "stroke-width": 1.5 });
}

/** Dots that would lie upon each other are one, which names a few of its models. */
function dots(place: Place, points: readonly Point[]): Svg[] {
  return [...Map.groupBy(points, ({ value }) => percent(place(value)))].map(([cx, same]) => {
    const names = same.slice(0, 3).map(({ model, value }) => `${model}: ${compactNumber(value)}`);
    const more = same.length > 3 ? `, and ${same.length - 3} more` : "";
    const mark = { cx, cy: AXIS, r: 4.5, fill: "var(--c1)", "fill-opacity": 0.7 };
    return svg("circle", mark, hint(names.join(", ") + more));
  });
}

function hollow(place: Place, { name, model, value }: NonNullable<Margin["control"]>): Svg {
  const mark = { cx: percent(place(value)), cy: AXIS, r: 5, fill: "var(--paper)" };
  const edge = { stroke: "var(--c2)", "stroke-width": 2 };
  return svg("circle", { ...mark, ...edge }, hint(`${name}, ${model}: ${compactNumber(value)}`));
}

/** Words that stand nearer to each other than this, in percent, are one text. */
const CLOSE = 16;

/** The bound above the line; below it what was measured nearest to it, and the control. */
function labels(place: Place, margin: Margin, ends: readonly number[]): Svg[] {
  const { bound, control } = margin;
  const under = [{ value: nearestTo(margin, ends), fill: "var(--c1)" }];
  if (control) under.push({ value: control.value, fill: "var(--c2)" });
  const inOrder = under.toSorted((a, b) => a.value - b.value)
    .map(({ value, fill }) => ({
      at: place(value),
      text: svg("tspan", { fill }, compactNumber(value)),
    }));
  const [first, last = first] = inOrder;
  const texts = inOrder.map(({ text }) => text);
  return [
    ...boundLabels(place, bound, ends),
    ...last.at - first.at < CLOSE
      ? [
        label(
          (first.at + last.at) / 2,
          43,
          ...texts.flatMap((text, i) => i ? [" \u00a0", text] : text),
        ),
      ]
      : inOrder.map(({ at, text }) => label(at, 43, text)),
  ];
}

/** Two ends that stand nearly in one place are one label: "1 ± 1e-10". */
function boundLabels(place: Place, bound: Margin["bound"], ends: readonly number[]): Svg[] {
  const [low, high = low] = ends;
  if (ends.length === 2 && Math.abs(place(high) - place(low)) < CLOSE) {
    const [middle, half] = [low / 2 + high / 2, high / 2 - low / 2];
    const both = `${compactNumber(middle)} ± ${compactNumber(half)}`;
    return [label((place(low) + place(high)) / 2, 7, both)];
  }
  return ends.map((end) => label(place(end), 7, `${sign(bound!, end)} ${compactNumber(end)}`));
}

function nearestTo({ points }: Margin, ends: readonly number[]): number {
  const values = points.map(({ value }) => value);
  if (ends.length === 0) return extent(values)[1];
  const far = (value: number) => Math.min(...ends.map((end) => Math.abs(end - value)));
  return values.toSorted((a, b) => far(a) - far(b))[0];
}

function sign({ above, below }: NonNullable<Margin["bound"]>, end: number): string {
  return end === above ? ">" : end === below ? "<" : "=";
}

/** Words at a place, which stay inside at either end. */
function label(at: number, y: number, ...text: (Svg | string)[]): Svg {
  const anchor = at < 15 ? "start" : at > 85 ? "end" : "middle";
  // Half a dot further out, so that words begin or end where the dot does.
  const x = percent(anchor === "start" ? at - 1 : anchor === "end" ? at + 1 : at);
  const where = { x, y, "text-anchor": anchor, "dominant-baseline": "central" };
  return svg("text", { ...where, fill: "currentColor" }, ...text);
}
