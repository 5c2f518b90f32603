/** What is measured of heads, and what claims about them must be told apart from. */
export * as averages from "./averages.ts";
export * as controls from "./controls.ts";
export * as heads from "./heads.ts";
