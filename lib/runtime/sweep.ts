import { hookOf, type Model } from "../model/mod.ts";
import { checkTokens, type Tokens } from "../model/tokens.ts";
import { takeRows, type Tensor } from "../tensor/mod.ts";
import { batches, firstLayer, joined } from "./batches.ts";
import { forward, streamInto } from "./forward.ts";
import {
  type Intervention,
  interventionFeeds,
  noInterventions,
  openHooks,
  type Settled,
} from "./interventions.ts";
import { isLarge } from "./parts.ts";
import { Activations, shapeOf } from "./run.ts";
import { askedOfClean, cleanRun, settle } from "./settle.ts";

/** What is wanted of each run of a sweep. */
export interface SweepOptions {
  /** Hooks to keep, by name; the logits are always kept. */
  readonly hooks?: readonly string[];
  /** Whether the last position's logits alone are wanted, [batch, 1, d_vocab]: much less work. */
  readonly last?: boolean;
}

/**
 * Runs a model on the same tokens once for each change, such as the ablation of one head, and gives
 * what each left behind, in order and as it comes. Changes are run in batches that fit into memory,
 * and a large model runs only from the first block on that is touched or kept.
 *
 * @param tokens Token ids, [batch][pos].
 * @param changes The interventions of each run; their rows are those of `tokens`.
 * @throws {RangeError} If a token, hook or intervention does not fit the model.
 */
export async function* sweep(
  model: Model,
  tokens: Tokens,
  changes: readonly (readonly Intervention[])[],
  { hooks = [], last = false }: SweepOptions = {},
): AsyncGenerator<Activations> {
  const fetch = [...new Set([...hooks, "logits"])];
  for (const name of fetch) hookOf(model.config, name);
  const intervene = openHooks(model.config, changes.flat().map(({ hook }) => hook));
  const asked = [...askedOfClean(changes.flat()), ...streamsFor(model, changes, fetch)];
  const clean = await cleanRun(model, tokens, intervene, asked);
  const settled: Settled[][] = [];
  for (const change of changes) {
    settled.push(await settle(model, tokens, change, { intervene, clean }));
  }
  for (const { changes, layer } of batches(model, tokens, settled, fetch)) {
    const feeds = {
      tokens: checkTokens(model.config, changes.flatMap(() => tokens)),
      ...noInterventions(model.config, intervene),
      ...joined(changes.map((change) => interventionFeeds(model.config, shapeOf(tokens), change))),
    };
    const stream = clean[streamInto(layer)];
    const start = stream && { layer, stream: repeated(stream, changes.length) };
    const kept = await forward(model, { intervene, start, last }, feeds, fetch);
    for (const i of changes.keys()) yield rowsOf(kept, i, tokens.length);
  }
}

/** Where a large model can begin late: the stream into each block where some change begins. */
function streamsFor(
  model: Model,
  changes: readonly (readonly Intervention[])[],
  fetch: readonly string[],
): string[] {
  if (!isLarge(model)) return [];
  const layers = changes.map((change) =>
    firstLayer(model, [...change.map(({ hook }) => hook), ...fetch])
  );
  return [...new Set(layers)].filter((layer) => layer >= 0).map(streamInto);
}

function repeated(x: Tensor, times: number): Tensor {
  const rows = Array.from({ length: x.shape[0] }, (_, row) => row);
  return takeRows(x, Array.from({ length: times }, () => rows).flat());
}

/** What one change left behind in a batch. */
function rowsOf(kept: Readonly<Record<string, Tensor>>, change: number, rows: number): Activations {
  const own = Array.from({ length: rows }, (_, row) => change * rows + row);
  return new Activations(
    Object.fromEntries(Object.entries(kept).map(([name, x]) => [name, takeRows(x, own)])),
  );
}
