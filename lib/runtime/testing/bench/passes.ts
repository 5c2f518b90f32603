/** Passes of 32, 128 and 512 tokens: ours, with all hooks kept, and the plain graph. */
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
const alone = await plain(plainFile(model));
for (const length of [32, 128, 512]) {
  const tokens = tokensOf(length);
  const seconds = await fewest(4, {
    plain: () => alone(tokens),
    ours: () => run(model, tokens),
    hooks: () => run(model, tokens, { hooks }),
  });
  report({ length, ...seconds });
}
