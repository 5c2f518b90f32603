/** What is measured of attention-only models. */
export * as guesses from "./guesses.ts";
export * as heads from "./heads.ts";
export * as parts from "./parts.ts";
