import type { Config } from "../config.ts";
import { parameterShapes } from "../params.ts";
import type { ReferenceModel } from "./reference.ts";

/** Throws a RangeError unless every parameter of the config is there, in its shape. */
export function checkWeights({ config, weights }: ReferenceModel): void {
  for (const [name, shape] of Object.entries(parameterShapes(config))) {
    const given = Object.hasOwn(weights, name) ? `[${weights[name].shape}]` : "nothing";
    if (given === `[${shape}]`) continue;
    throw new RangeError(`The reference needs ${name} of shape [${shape}], got ${given}`);
  }
}

/** Throws a RangeError unless the tokens are rows of one length that the model can read. */
export function checkTokens(config: Config, tokens: readonly (readonly number[])[]): void {
  const length = tokens[0]?.length ?? 0;
  const longest = config.positions === "learned" ? config.n_ctx : Infinity;
  if (length < 1 || length > longest || tokens.some((row) => row.length !== length)) {
    const given = tokens.map((row) => row.length);
    throw new RangeError(
      `Tokens must be rows of one length from 1 to ${longest}, got rows of [${given}]`,
    );
  }
  for (const token of tokens.flat()) checkToken(token, config.d_vocab);
}

/** Throws a RangeError unless the vocabulary has the token. */
export function checkToken(token: number, d_vocab: number): void {
  if (Number.isInteger(token) && token >= 0 && token < d_vocab) return;
  throw new RangeError(`A token must be a whole number from 0 to ${d_vocab - 1}, got ${token}`);
}
