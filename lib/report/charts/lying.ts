import type { ScaleOptions } from "@observablehq/plot";
import { above, below } from "./axes.ts";
import { CHARACTER, lettering, LINE, overhang, widthOf } from "./labels.ts";
import { type Quantity, quantity } from "./quantity.ts";
import { measuredNumbers, type Scaled } from "./scales.ts";
import { legend } from "./series.ts";
import type { Frame } from "./upright.ts";

/** The part of the width that names may take. */
const SHARE = 0.38;

/** What charts have in common whose measured axis is the horizontal one, beside names. */
interface Lying extends Frame {
  readonly length: Quantity;
  /** The axis of the names, for Plot. */
  readonly groups: ScaleOptions;
  /** How high a name is. */
  readonly line: number;
}

/** The axis with as many steps as its labels have room for side by side. */
function fitted(axisOf: (steps: number) => Quantity, room: number): Quantity {
  const [most, least] = [6, 2];
  for (let steps = most; steps > least; steps--) {
    const axis = axisOf(steps);
    if (axis.labels.length * (widthOf(axis.labels) + CHARACTER) <= room) return axis;
  }
  return axisOf(least);
}

/** Names on the left, in as many lines as they need, and the measured axis at the foot. */
export function lying(
  figure: Scaled,
  groups: readonly string[],
  width: number,
  fromZero = false,
): Lying {
  const letters = lettering(groups, width * SHARE);
  const marginLeft = letters.width + 16;
  const asked = { log: figure.log, fromZero };
  const length = fitted(
    (steps) => quantity(measuredNumbers(figure), { ...asked, steps }),
    width - marginLeft,
  );
  const title = above(figure.x, { marginLeft, width });
  const { names, color, marginTop, marks } = legend(figure, width - marginLeft, title.gap);
  const { scale, marginBottom } = below(figure.y, width - marginLeft);
  return {
    length,
    names,
    groups: { domain: [...groups], axis: "left", tickFormat: letters.of, label: null },
    line: letters.lines * LINE,
    options: {
      ...{ marginTop, marginLeft, marginBottom, marginRight: overhang(length.labels) },
      ...{ x: { ...length.scale, ...scale }, color },
    },
    marks: [...marks, title.mark],
  };
}
