/** For tests: a model that reads letters. Not exported. */
import { smallModel } from "../../../model/testing/small_models.ts";

/** Each letter from a to k is a token. */
export const letters = {
  encode: (text: string) => [...text].map((letter) => letter.charCodeAt(0) - 97),
  decode: (tokens: readonly number[]) => String.fromCharCode(...tokens.map((token) => token + 97)),
};

/** One layer of three heads, with a window of eight letters. */
export const reader = {
  name: "small",
  origin: "random" as const,
  load: () => Promise.resolve(smallModel()),
};
