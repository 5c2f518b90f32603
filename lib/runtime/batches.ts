import { hooksOf, type Model } from "../model/mod.ts";
import { type Hook, lengthsOf } from "../model/hooks.ts";
import type { Tokens } from "../model/tokens.ts";
import { sizeOf, sum, Tensor } from "../tensor/mod.ts";
import type { Settled } from "./interventions.ts";
import { isLarge } from "./parts.ts";
import type { Booleans, Feed } from "./session.ts";

/**
 * How many numbers the activations of one batch may have: 1 GB of them. The web runtime has 4 GB, in
 * which what operations make on the way stands beside what stands at hooks, two to three times as much.
 */
const BUDGET = 2 ** 28;

/** Some changes that are run at once, and the block before which nothing is changed or wanted. */
export interface Batch {
  readonly changes: (readonly Settled[])[];
  readonly layer: number;
}

/** The first block that some hooks are in: -1 is the embedding, and after the last the unembedding. */
export function firstLayer({ config }: Model, hooks: readonly string[]): number {
  const layers = hooks.map((hook) => {
    const layer = hook.match(/^blocks\.(\d+)\./)?.[1];
    if (layer !== undefined) return Number(layer);
    return hook.startsWith("hook_") ? -1 : config.n_layers;
  });
  return Math.min(config.n_layers, ...layers);
}

/** Changes in their order, as many together as fit; in a large model those that begin together. */
export function* batches(
  model: Model,
  tokens: Tokens,
  changes: readonly Settled[][],
  fetch: readonly string[],
): Generator<Batch> {
  const [inParts, most] = [isLarge(model), batchSize(model, tokens)];
  let batch: Batch | undefined;
  for (const change of changes) {
    const layer = inParts ? firstLayer(model, [...change.map(({ hook }) => hook), ...fetch]) : -1;
    if (batch && (batch.layer !== layer || batch.changes.length >= most)) {
      yield batch;
      batch = undefined;
    }
    batch ??= { changes: [], layer };
    batch.changes.push(change);
  }
  if (batch) yield batch;
}

/** How many times the tokens fit into one batch, by what stands at the hooks that are there at once. */
function batchSize(model: Model, tokens: Tokens): number {
  const lengths = lengthsOf(model.config, tokens.length, tokens[0].length);
  const numbers = ({ axes }: Hook) => sizeOf(axes.map((axis) => lengths[axis]));
  const at = ({ name }: Hook) => isLarge(model) ? name.match(/^blocks\.\d+/)?.[0] ?? name : "all";
  const together = Object.values(Object.groupBy(hooksOf(model.config), at));
  const most = Math.max(...together.map((hooks) => sum(hooks!.map(numbers))));
  return Math.max(1, Math.floor(BUDGET / most));
}

/** Feeds of several changes as those of one batch. */
export function joined(feeds: readonly Record<string, Feed>[]): Record<string, Feed> {
  const names = new Set(feeds.flatMap((feed) => Object.keys(feed)));
  return Object.fromEntries([...names].map((name) => [name, joinedRows(feeds, name)]));
}

/** One input's rows, change by change; where a change has none, zeros: nothing is masked there. */
function joinedRows(feeds: readonly Record<string, Feed>[], name: string): Feed {
  const { shape } = feeds.find((feed) => feed[name])![name];
  const [size, whole] = [sizeOf(shape), [feeds.length * shape[0], ...shape.slice(1)]];
  const all = name.endsWith(":mask")
    ? { booleans: new Uint8Array(feeds.length * size), shape: whole }
    : Tensor.full(whole);
  const target = all instanceof Tensor ? all.data : all.booleans;
  feeds.forEach(({ [name]: feed }, i) => {
    if (!feed) return;
    target.set(feed instanceof Tensor ? feed.data : (feed as Booleans).booleans, i * size);
  });
  return all;
}
