/** The most memory of a run of 512 tokens with every hook kept, against what has to be there. */
import { run } from "../../mod.ts";
import { hookNames, peak, report, startRuntimeAsked, subject, tokensOf } from "./subject.ts";

await startRuntimeAsked();
const model = subject();
const hooks = hookNames(model);
const kept = await run(model, tokensOf(512), { hooks });
const numbers = [...Object.values(model.weights), ...hooks.map((hook) => kept.get(hook))];
report({ peak: peak(), needed: 4 * numbers.reduce((sum, { size }) => sum + size, 0) });
