/** Passes that keep every hook: ours, and the plain graph asked for the same outputs, or for none. */
import { run } from "../../mod.ts";
import {
  fewest,
  hookNames,
  plain,
  plainFile,
  report,
  startRuntimeAsked,
  subject,
  tokensOf,
} from "./subject.ts";

await startRuntimeAsked();
const model = subject();
const hooks = hookNames(model);
const alone = await plain(plainFile(model, hooks));
for (const length of [32, 128, 512]) {
  const tokens = tokensOf(length);
  const seconds = await fewest(4, {
    none: () => alone(tokens),
    plain: () => alone(tokens, hooks),
    ours: () => run(model, tokens, { hooks }),
  });
  report({ length, ...seconds });
}
