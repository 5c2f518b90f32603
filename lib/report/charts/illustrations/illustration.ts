import type { Chart, Figure } from "../../../claims/pictures/figure.ts";
import { sheet } from "../svg.ts";
import { drawArcs } from "./arcs.ts";
import type { Block } from "./block.ts";
import { drawFan } from "./fan.ts";
import { drawProduct } from "./product.ts";
import { drawSentence } from "./sentence.ts";
import { drawVectors } from "./vectors.ts";

/** A picture that is no chart. */
export type Illustration = Exclude<Figure, Chart>;

/** An illustration as SVG of this width, for a page that has the colours' properties. */
export function drawIllustration(figure: Illustration, width: number): string {
  const { height, marks } = blockOf(figure, width);
  return sheet(figure.title, { width, height: Math.ceil(height) }, marks);
}

function blockOf(figure: Illustration, width: number): Block {
  switch (figure.kind) {
    case "sentence":
      return drawSentence(figure, width);
    case "arcs":
      return drawArcs(figure, width);
    case "vectors":
      return drawVectors(figure, width);
    case "fan":
      return drawFan(figure, width);
    case "product":
      return drawProduct(figure, width);
  }
}
