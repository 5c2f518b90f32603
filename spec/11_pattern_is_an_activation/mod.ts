/** All that this question measures. */
export { holding, offLoops, offLoopsOfAnother, offNotes, UNSAID, without } from "./formula.ts";
export { freezing, type Frozen } from "./freezing.ts";
export { longerWindow } from "./parameters.ts";
export { onTwoTexts, sameTextTwice } from "./two_texts.ts";
export { variation } from "./variation.ts";
