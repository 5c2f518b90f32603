/** The plain graph on one thread and on two, by the clock: to be run where nothing else is. */
import * as bench from "./subject.ts";

await bench.startRuntimeAsked();
const file = bench.plainFile(bench.subject());
const [one, two] = [await bench.plain(file, 1), await bench.plain(file, 2)];
await bench.reportByLength((tokens) => ({ one: () => one(tokens), two: () => two(tokens) }));
