/** What is measured of adding, concatenating and widening, and what a reader may break. */
export * as areas from "./areas.ts";
export * as forms from "./beside.ts";
export { breaks } from "./breaks.ts";
export * as sizes from "./sizes.ts";
export * as toys from "./toys.ts";
