/** What is measured of order, and what claims about it must be told apart from. */
export * as controls from "./controls.ts";
export * as measure from "./measure.ts";
