/** What is measured of attention-only models, and what a reader may break in them. */
export { breaks } from "./breaks.ts";
export * as guesses from "./guesses.ts";
export * as heads from "./heads.ts";
export * as parts from "./parts.ts";
