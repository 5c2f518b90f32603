/** What is asked and measured for this question alone, and how it is shown. */
export * from "./controls.ts";
export { costs, pairIsCheaper } from "./costs.ts";
export { lookingBack, whereHeadsLook } from "./looking_back.ts";
export * from "./ranks.ts";
export * from "./scores.ts";
export * from "./subjects.ts";
export * from "./trained_alike.ts";
export * from "./units.ts";
