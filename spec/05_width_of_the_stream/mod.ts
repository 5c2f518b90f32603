/** What question 05 measures, and of whom besides the models of all. */
export { inOtherCoordinates } from "./coordinates.ts";
export { counted, withTwiceTheWords } from "./sizes.ts";
export { asSmall, small } from "./subjects.ts";
