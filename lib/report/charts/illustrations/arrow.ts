import { path, type Svg, svg } from "../svg.ts";

/** A place in the plane of a drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The head of an arrow that comes to a tip along a direction. */
export function arrowHead(tip: Point, direction: Point, size: number, colour: string): Svg {
  const length = Math.hypot(direction.x, direction.y) || 1;
  const [dx, dy] = [direction.x / length * size, direction.y / length * size];
  const [left, right] = [-0.45, 0.45].map((side) => ({
    x: tip.x - dx - side * dy,
    y: tip.y - dy + side * dx,
  }));
  const d = path`M${tip.x} ${tip.y}L${left.x} ${left.y}L${right.x} ${right.y}Z`;
  return svg("path", { d, fill: colour });
}

/** Where the line of an arrow ends, so that its head is all that is seen of its tip. */
export function neck(tip: Point, direction: Point, size: number): Point {
  const length = Math.hypot(direction.x, direction.y) || 1;
  const back = size * 0.8 / length;
  return { x: tip.x - direction.x * back, y: tip.y - direction.y * back };
}
