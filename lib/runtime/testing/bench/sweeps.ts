/** All single heads ablated, of which the last position's logits are wanted. */
import { type Intervention, run, sweep } from "../../mod.ts";
import { interventionFeeds, noInterventions, type Settled } from "../../interventions.ts";
import * as bench from "./subject.ts";

await bench.startRuntimeAsked();
const [model, tokens] = [bench.subject(), bench.tokensOf(32)];
const { n_layers, n_heads } = model.config;
const ablations = Array.from(
  { length: n_layers },
  (_, layer) =>
    Array.from({ length: n_heads }, (_, head): Intervention[] => [
      { hook: `blocks.${layer}.attn.hook_z`, to: "zero", heads: [head] },
    ]),
).flat();
const intervene = ablations.flatMap((change) => change.map(({ hook }) => hook));
await run(model, tokens, { intervene }); // sessions are open, for all
const { swept } = await bench.fewest(2, {
  swept: () => Array.fromAsync(sweep(model, tokens, ablations, { last: true })),
});
const most = bench.peak();
// Each pass costs the same wherever its head is, so that one in twelve stands for all.
const some = ablations.filter((_, i) => i % n_heads === 0);
const open = [...new Set(intervene)];
const alone = await bench.plain(bench.plainFile(model, ["logits"], open));
const { passes, plainly } = await bench.fewest(2, {
  passes: async () => {
    for (const interventions of some) await run(model, tokens, { interventions, intervene });
  },
  plainly: async () => {
    for (const change of some) await alone(tokens, ["logits"], masks(change as Settled[]));
  },
});
bench.report({ swept, passes: passes * n_heads, plainly: plainly * n_heads, peak: most });

function masks(change: Settled[]) {
  const shape = [1, tokens[0].length] as const;
  const { config } = model;
  return { ...noInterventions(config, open), ...interventionFeeds(config, shape, change) };
}
