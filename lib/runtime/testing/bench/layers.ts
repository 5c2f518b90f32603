/** Passes of 128 tokens through 2, 4, 8 and 12 layers. */
import { run } from "../../mod.ts";
import { fewest, report, startRuntimeAsked, subject, tokensOf } from "./subject.ts";

await startRuntimeAsked();
const tokens = tokensOf(128);
const models = [2, 4, 8, 12].map((layers) => [layers, subject(layers)] as const);
report(
  await fewest(
    5,
    Object.fromEntries(models.map(([layers, model]) => [layers, () => run(model, tokens)])),
  ),
);
