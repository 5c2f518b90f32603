import type { Value } from "../../onnx/graph.ts";
import { frequencies, places } from "./embed.ts";
import type { Scene } from "./scene.ts";

/**
 * Rotary positions (Su et al., 2021, arXiv:2104.09864): coordinate i of a head and coordinate
 * i + d_head / 2 turn together by an angle that grows with the position, so that a dot product of
 * query and key depends on how far apart they stand. Of x [batch, pos, n_heads, d_head].
 */
export function rotate(scene: Scene, x: Value): Value {
  const { g, config } = scene;
  const half = config.d_head / 2;
  const place = g.unsqueeze(g.unsqueeze(places(scene), 1), 1); // [pos, 1, 1]
  const angle = g.mul(place, g.constant(frequencies(config, config.d_head))); // [pos, 1, d_head / 2]
  const [cos, sin] = [g.unary("Cos", angle), g.unary("Sin", angle)];
  const [a, b] = [g.slice(x, -1, 0, half), g.slice(x, -1, half, 2 * half)];
  const turned = [
    g.sub(g.mul(a, cos), g.mul(b, sin)),
    g.add(g.mul(b, cos), g.mul(a, sin)),
  ];
  return g.concat(turned, -1); // [batch, pos, n_heads, d_head]
}
