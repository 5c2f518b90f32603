/** What question 06 measures. */
export { everyLength, oneTooMany, triedLengths } from "./lengths.ts";
export { reachByLayer } from "./reach.ts";
