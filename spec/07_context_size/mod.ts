/** What is measured of the context size. */
export * from "./losses.ts";
export * from "./reach.ts";
export * from "./weights.ts";
