/** What is measured of the context size. */
export * from "./gains.ts";
export * from "./losses.ts";
export * from "./weights.ts";
