/** Passes that keep every hook: ours, and the plain graph asked for the same outputs, or for none. */
import { run } from "../../mod.ts";
import * as bench from "./subject.ts";

await bench.startRuntimeAsked();
const model = bench.subject();
const hooks = bench.hookNames(model);
const alone = await bench.plain(bench.plainFile(model, hooks));
await bench.reportByLength((tokens) => ({
  none: () => alone(tokens),
  plain: () => alone(tokens, hooks),
  ours: () => run(model, tokens, { hooks }),
}));
