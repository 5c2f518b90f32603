import type { Config } from "../model/config.ts";
import { checkTokens, type Tokens } from "../model/tokens.ts";
import type { Integers } from "./session.ts";

export type { Tokens };

/** Token ids, checked and ready for a run that begins at position `start`: [batch, pos]. */
export function feedTokens(config: Config, tokens: Tokens, start = 0): Integers {
  checkTokens(config, tokens, start);
  return { integers: tokens.flat(), shape: [tokens.length, tokens[0].length] };
}
