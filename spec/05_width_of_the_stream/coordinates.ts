import { type Model, run } from "../../mod.ts";
import { maxAbs, maxDifference, type Tensor } from "../../lib/tensor/mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";

/** Where the stream is looked at. */
const STREAM = "blocks.0.hook_resid_pre";

/** How far the logits and the stream move when the stream is put into other coordinates. */
export async function inOtherCoordinates(model: Model, { writers }: { writers: boolean }) {
  const rows = probes.drawTokens(model);
  const other = transformer.reflectedStream(model, { writers });
  const [a, b] = [
    await run(model, rows, { hooks: [STREAM] }),
    await run(other, rows, { hooks: [STREAM] }),
  ];
  const relative = (x: Tensor, y: Tensor) => maxDifference(x, y) / maxAbs(x);
  return { apart: relative(a.logits, b.logits), moved: relative(a.get(STREAM), b.get(STREAM)) };
}
