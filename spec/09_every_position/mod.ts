/** What is measured to answer why a model predicts at every position. */
export * from "./lessons.ts";
export * from "./perplexity.ts";
export * from "./prefixes.ts";
export * from "./work.ts";
export * from "./writing.ts";
