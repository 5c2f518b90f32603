import { Decoder, type Model, run } from "../../mod.ts";
import { maxAbs, maxDifference, type Tensor } from "../../lib/tensor/mod.ts";
import { inEachBlock } from "../../lib/model/mod.ts";
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

/** Writes on from three tokens, each time the likeliest, and then recomputes everything at once. */
export function write(model: Model): Promise<Writing> {
  const keeping = new Decoder(model);
  return writeWith(model, () => keeping);
}

/** The same where nothing is kept: each step knows its own tokens alone. */
export function writeForgetting(model: Model): Promise<Writing> {
  return writeWith(model, () => new Decoder(model));
}

async function writeWith(model: Model, decoder: () => Decoder): Promise<Writing> {
  const [text] = probes.drawTokens(model, { length: 3 });
  const length = Math.min(12, model.config.n_ctx);
  const steps: Tensor[] = [];
  for (let fed = [...text]; text.length < length; fed = text.slice(-1)) {
    const logits = await decoder().step([fed]);
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

/** What becomes of kept keys where a full window moves on; as evidence. */
export type Sliding = {
  /** The most that a token's key in the first layer moves, relative to the largest there. */
  readonly first: number;
  /** The same in any layer above. */
  readonly deeper: number;
  /** Whether what tells positions is added to the tokens, and so reaches the first layer's keys. */
  readonly added: boolean;
};

/** A whole window and the same one token on: what its tokens' keys are in both. */
export function slide(model: Model): Promise<Sliding> {
  return slideBy(1, model);
}

/** The same where the window stays as it is. */
export function stay(model: Model): Promise<Sliding> {
  return slideBy(0, model);
}

async function slideBy(by: number, model: Model): Promise<Sliding> {
  const { config } = model;
  const [window] = probes.drawTokens(model, { length: config.n_ctx });
  const on = [...window, ...window].slice(by, by + window.length);
  const hooks = inEachBlock(config, "attn.hook_k");
  const kept = await run(model, [window, on], { hooks });
  const [first, ...above] = hooks.map((hook) => {
    const keys = kept.get(hook);
    // Each token but those that are gone is at p + by in the one and at p in the other.
    const moves = window.slice(by).map((_, p) =>
      maxDifference(keys.get(0, p + by), keys.get(1, p))
    );
    return Math.max(...moves) / maxAbs(keys);
  });
  const added = ["learned", "sinusoidal"].includes(config.positions);
  return { first, deeper: Math.max(...above), added };
}
