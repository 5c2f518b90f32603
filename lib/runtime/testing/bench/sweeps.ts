/** All single heads ablated, of which the last position's logits are wanted. */
import type { Intervention } from "../../mod.ts";
import { run, sweep } from "../../mod.ts";
import { fewest, peak, report, startRuntimeAsked, subject, tokensOf } from "./subject.ts";

await startRuntimeAsked();
const [model, tokens] = [subject(), tokensOf(32)];
const { n_layers, n_heads } = model.config;
const ablations = Array.from(
  { length: n_layers },
  (_, layer) =>
    Array.from({ length: n_heads }, (_, head): Intervention[] => [
      { hook: `blocks.${layer}.attn.hook_z`, to: "zero", heads: [head] },
    ]),
).flat();
const intervene = ablations.flatMap((change) => change.map(({ hook }) => hook));
await run(model, tokens, { intervene }); // sessions are open, for both
const { swept } = await fewest(2, {
  swept: () => Array.fromAsync(sweep(model, tokens, ablations, { last: true })),
});
const most = peak();
// Each pass costs the same wherever its head is, so that one in twelve stands for all.
const some = ablations.filter((_, i) => i % n_heads === 0);
const { passes } = await fewest(2, {
  passes: async () => {
    for (const interventions of some) await run(model, tokens, { interventions, intervene });
  },
});
report({ swept, passes: passes * n_heads, peak: most });
