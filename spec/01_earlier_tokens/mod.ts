/** What question 01 measures. */
export { guessesOnHeldOutText } from "./guesses.ts";
export { movedByCutting, onePerPosition } from "./predictions.ts";
export { saidTwice } from "./repeats.ts";
export { compareTwins, compareTwinsInFew } from "./twins.ts";
