/** All that this question measures. */
export { holding, offLoops, offNotes, UNSAID } from "./formula.ts";
export { freezing, type Frozen, steadiness } from "./freezing.ts";
export { longerWindow } from "./parameters.ts";
export { onTwoTexts } from "./two_texts.ts";
export { variation } from "./variation.ts";
