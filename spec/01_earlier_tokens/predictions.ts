import { type Model, run } from "../../mod.ts";
import { maxAbs, maxDifference } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";

/** How far the logits at a position move when the text is cut after it, of the largest logit. */
export async function movedByCutting(model: Model) {
  const [text] = probes.drawTokens(model, { length: model.config.n_ctx });
  const { logits } = await run(model, [text]);
  let apart = 0;
  const half = Math.ceil(text.length / 2);
  const ends = [1, 2, 7, half, half + 1, text.length - 1];
  for (const end of ends.filter((end) => end <= text.length)) {
    const alone = (await run(model, [text.slice(0, end)])).logits.get(0, end - 1);
    apart = Math.max(apart, maxDifference(alone, logits.get(0, end - 1)));
  }
  return { apart: apart / maxAbs(logits) };
}

/** What shape the logits of some texts have, and how far those of neighbouring positions differ. */
export async function onePerPosition(model: Model) {
  const { d_vocab, n_ctx } = model.config;
  const expected = [[1, 1], [2, 3], [3, 7]]
    .map(([rows, length]) => [rows, Math.min(length, d_vocab, n_ctx), d_vocab]);
  const shapes: number[][] = [];
  let apart = Infinity;
  for (const [rows, length] of expected) {
    const text = probes.drawTokens(model, {
      rows,
      length: Math.min(length, d_vocab),
      distinct: true,
    });
    const { logits } = await run(model, text);
    shapes.push([...logits.shape]);
    for (let p = 1; p < text[0].length; p++) {
      apart = Math.min(apart, maxDifference(logits.get(0, p - 1), logits.get(0, p)));
    }
  }
  return { shapes, expected, apart };
}
