import { cachedShape } from "../model/graph/build.ts";
import type { Model } from "../model/model.ts";
import { Tensor } from "../tensor/tensor.ts";
import { cachedOutputs, forward } from "./forward.ts";
import { checkTokens, type Tokens } from "../model/tokens.ts";

const PAST = { past: true } as const;

/**
 * A text that grows: keys and values of earlier tokens are kept, so that each step computes only
 * what is new. What a model's rewrites do must not look at later positions, nor mix positions
 * anywhere but in attention: a past holds only keys and values.
 */
export class Decoder {
  readonly #model: Model;
  #past: Record<string, Tensor> = {};
  #length = 0;
  #rows?: number;
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Begins with no tokens.
   *
   * @throws {RangeError} If the model is not causal: then earlier results would change.
   */
  constructor(model: Model) {
    if (!model.config.causal) {
      throw new RangeError(`Cannot decode with ${model.name}: a causal model is required`);
    }
    this.#model = model;
  }

  /** How many tokens have been taken in. */
  get length(): number {
    return this.#length;
  }

  /**
   * Takes the next tokens in, one row for each text. Steps wait for each other; one that fails
   * leaves the text as it was.
   *
   * @returns Their logits, [batch, pos, d_vocab].
   * @throws {RangeError} If a token does not fit, or the number of texts changes on the way.
   */
  step(tokens: Tokens): Promise<Tensor> {
    const step = this.#turn.then(() => this.#step(tokens));
    this.#turn = step.catch(() => undefined);
    return step;
  }

  async #step(tokens: Tokens): Promise<Tensor> {
    const fed = checkTokens(this.#model.config, tokens, this.#length);
    const rows = this.#rows ?? tokens.length;
    if (rows !== tokens.length) {
      throw new RangeError(`Cannot go on decoding: ${rows} rows required, got ${tokens.length}`);
    }
    const start = { integers: [this.#length], shape: [] };
    const feeds = { tokens: fed, start, ...this.#cached(rows) };
    const fetch = ["logits", ...cachedOutputs(this.#model, PAST)];
    const { logits, ...next } = await forward(this.#model, PAST, feeds, fetch);
    this.#past = Object.fromEntries(
      Object.entries(next).map(([name, value]) => [name.replace("next.", "past."), value]),
    );
    this.#rows = rows;
    this.#length += tokens[0].length;
    return logits;
  }

  #cached(batch: number): Record<string, Tensor> {
    const { config } = this.#model;
    const nothing = Array.from(
      { length: config.n_layers },
      (_, layer) =>
        (["k", "v"] as const).map((part) => {
          return [`past.${layer}.${part}`, Tensor.full([batch, 0, ...cachedShape(config, part)])];
        }),
    ).flat();
    return { ...Object.fromEntries(nothing), ...this.#past };
  }
}
