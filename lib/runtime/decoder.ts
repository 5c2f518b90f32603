import type { Model } from "../model/model.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Feed } from "./engine.ts";
import { sessionFor } from "./pool.ts";
import { checkTokens, type Tokens } from "./tokens.ts";

/**
 * A text that grows: keys and values of earlier tokens are kept, so that each step computes only
 * what is new.
 */
export class Decoder {
  readonly #model: Model;
  #past: Record<string, Tensor> = {};
  #length = 0;

  /** @throws {RangeError} If the model is not causal: then earlier results would change. */
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
   * Takes the next tokens in, one row for each text.
   *
   * @returns Their logits, [batch, pos, d_vocab].
   * @throws {RangeError} If a token does not fit, or the number of texts changes on the way.
   */
  async step(tokens: Tokens): Promise<Tensor> {
    const { config } = this.#model;
    const fed = checkTokens(config, tokens, this.#length);
    const batch = Object.values(this.#past)[0]?.shape[0] ?? tokens.length;
    if (batch !== tokens.length) {
      throw new RangeError(`Cannot go on decoding: ${batch} rows required, got ${tokens.length}`);
    }
    const session = await sessionFor(this.#model, { past: true });
    const start = { integers: [this.#length], shape: [] };
    const feeds: Record<string, Feed> = { tokens: fed, start, ...this.#cached(tokens.length) };
    const names = session.outputs.filter((name) => name.startsWith("next."));
    const { logits, ...next } = await session.run(feeds, ["logits", ...names]);
    this.#past = Object.fromEntries(
      Object.entries(next).map(([name, value]) => [name.replace("next.", "past."), value]),
    );
    this.#length += tokens[0].length;
    return logits;
  }

  #cached(batch: number): Record<string, Tensor> {
    const { n_layers, n_heads, d_head } = this.#model.config;
    const empty = Tensor.full([batch, 0, n_heads, d_head]);
    const names = Array.from({ length: n_layers }, (_, layer) => [`${layer}.k`, `${layer}.v`]);
    const nothing = names.flat().map((name) => [`past.${name}`, empty]);
    return { ...Object.fromEntries(nothing), ...this.#past };
  }
}
