/** Passes of 32, 128 and 512 tokens: ours, with all hooks kept, and the plain graph. */
import { run } from "../../mod.ts";
import * as bench from "./subject.ts";

await bench.startRuntimeAsked();
const model = bench.subject();
const hooks = bench.hookNames(model);
const alone = await bench.plain(bench.plainFile(model));
await bench.reportByLength((tokens) => ({
  plain: () => alone(tokens),
  ours: () => run(model, tokens),
  hooks: () => run(model, tokens, { hooks }),
}));
