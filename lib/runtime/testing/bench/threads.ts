/** The plain graph on one thread and on two, by the clock: to be run where nothing else is. */
import {
  fewest,
  plain,
  plainFile,
  report,
  startRuntimeAsked,
  subject,
  tokensOf,
} from "./subject.ts";

await startRuntimeAsked();
const file = plainFile(subject());
const [one, two] = [await plain(file, 1), await plain(file, 2)];
for (const length of [32, 128, 512]) {
  const tokens = tokensOf(length);
  report({ length, ...await fewest(4, { one: () => one(tokens), two: () => two(tokens) }) });
}
