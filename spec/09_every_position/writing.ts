import { Decoder, type Model, run } from "../../mod.ts";
import { maxAbs, maxDifference, type Tensor } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";

/** How writing with kept keys and values compares with computing everything anew, as evidence. */
export type Writing = {
  /** The most that the logits differ by, relative to the largest. */
  readonly apart: number;
  /** Tokens that were written. */
  readonly written: number;
  /** How many of them computing everything anew would choose as well. */
  readonly agreed: number;
};

/**
 * Writes on from three tokens, each time the likeliest, and then recomputes everything at once.
 *
 * @param decoder Keeps keys and values; without one each step knows its own tokens alone.
 */
export async function write(model: Model, decoder?: Decoder): Promise<Writing> {
  const [text] = probes.drawTokens(model, { length: 3 });
  const length = Math.min(12, model.config.n_ctx);
  const steps: Tensor[] = [];
  for (let fed = [...text]; text.length < length; fed = text.slice(-1)) {
    const logits = await (decoder ?? new Decoder(model)).step([fed]);
    steps.push(logits.get(0, fed.length - 1));
    text.push(likeliest(steps.at(-1)!));
  }
  const { logits } = await run(model, [text]);
  const again = steps.map((_, i) => logits.get(0, i + 2));
  const apart = Math.max(...steps.map((step, i) => maxDifference(step, again[i])));
  return {
    apart: apart / maxAbs(logits),
    written: steps.length,
    agreed: again.filter((at, i) => likeliest(at) === text[i + 3]).length,
  };
}

function likeliest({ data }: Tensor): number {
  return data.indexOf(data.reduce((most, x) => Math.max(most, x)));
}

/** What becomes of kept keys where a full window moves on by one token, as evidence. */
export type Sliding = {
  /** The most that a token's first key moves, relative to the largest. */
  readonly moved: number;
  /** Whether a token past the window is refused. */
  readonly refused: boolean;
};

/** A whole window and the same one token on: what its tokens' first keys are in both. */
export async function slide(model: Model): Promise<Sliding> {
  const [window] = probes.drawTokens(model, { length: model.config.n_ctx });
  const text = [...window, window[0]];
  const hook = "blocks.0.attn.hook_k";
  const keys = (await run(model, [window, text.slice(1)], { hooks: [hook] })).get(hook);
  // Each token but the first is at p + 1 in the one and at p in the other.
  const moves = window.slice(1).map((_, p) => maxDifference(keys.get(0, p + 1), keys.get(1, p)));
  const decoder = new Decoder(model);
  await decoder.step([window]);
  const refused = await decoder.step([[window[0]]]).then(() => false, () => true);
  return { moved: Math.max(...moves) / maxAbs(keys), refused };
}
