/** What is measured of adding, concatenating and widening. */
export * as areas from "./areas.ts";
export * as forms from "./beside.ts";
export * as sizes from "./sizes.ts";
export * as toys from "./toys.ts";
