import { ELEMENTWISE } from "./elementwise.ts";
import type { Rule } from "./rule.ts";
import { LAYOUT } from "./layout.ts";
import { LINEAR } from "./linear.ts";

/** How a gradient passes back through each ONNX operation that our graphs are made of. */
export const RULES: Readonly<Record<string, Rule>> = { ...ELEMENTWISE, ...LINEAR, ...LAYOUT };
