import { ELEMENTWISE } from "./gradients_elementwise.ts";
import type { Rule } from "./gradient_rule.ts";
import { LAYOUT } from "./gradients_layout.ts";
import { LINEAR } from "./gradients_linear.ts";

/** How a gradient passes back through each ONNX operation that our graphs are made of. */
export const RULES: Readonly<Record<string, Rule>> = { ...ELEMENTWISE, ...LINEAR, ...LAYOUT };
