import { type Model, STREAM } from "../model/mod.ts";
import { takeRows, type Tensor } from "../tensor/mod.ts";
import { withRoom } from "./memory.ts";
import { type Part, type PartOptions, partsOf } from "./parts.ts";
import { sessions } from "./pool.ts";
import type { Feed } from "./session.ts";

/** Where a run begins, if not with the tokens. */
export interface Start {
  /** The block. */
  readonly layer: number;
  /** The stream that comes into it: [batch, pos, d_model]. */
  readonly stream: Tensor;
}

/** What a forward pass is to be done with. */
export interface ForwardOptions extends PartOptions {
  /** Where to begin; only what runs in parts can begin late. */
  readonly start?: Start;
  /** Whether to give the last position's logits alone, [batch, 1, d_vocab]. */
  readonly last?: boolean;
}

/**
 * Runs a model's graph. Its weights are fed as everything else is: so models of one shape share a
 * session, and a weight that somebody edits is what the next run works with.
 *
 * @param feeds What the graph is fed besides the weights.
 * @param fetch The names of the values wanted; `streamInto(layer)` among them where it runs in parts.
 */
export async function forward(
  model: Model,
  { start, last, ...options }: ForwardOptions,
  feeds: Readonly<Record<string, Feed>>,
  fetch: readonly string[],
): Promise<Record<string, Tensor>> {
  const [wanted, kept] = [new Set(fetch), {} as Record<string, Tensor>];
  const parts = partsOf(model, options);
  let stream = start?.stream;
  for (const [i, part] of parts.entries()) {
    if (start && i <= start.layer) continue; // the first part embeds
    if (stream && wanted.has(streamInto(i - 1))) kept[streamInto(i - 1)] = stream;
    if (fetch.every((name) => name in kept)) break; // what is left would be for nobody
    // Where nothing but the logits is asked of the last part, nor done there, it is spared the rest.
    if (last && stream && i === parts.length - 1 && isBare(part, wanted)) stream = atLast(stream);
    const given = { ...model.weights, ...feeds, ...(stream ? { [STREAM.in]: stream } : {}) };
    const { [STREAM.out]: next, ...results } = await withRoom(
      () => runPart(part, given, wanted),
      () => asked(model, feeds.tokens.shape, fetch),
    );
    Object.assign(kept, results);
    stream = next;
  }
  return last ? { ...kept, logits: atLast(kept.logits) } : kept;
}

function asked({ name }: Model, [rows, pos]: readonly number[], fetch: readonly string[]): string {
  return `${name} on tokens [${rows}, ${pos}] with ${fetch.length} of its hooks kept`;
}

/** Whether the logits alone are asked of a part, and no intervention can be made in it. */
function isBare({ inputs, outputs }: Part, wanted: ReadonlySet<string>): boolean {
  return !inputs.some(({ name }) => name.endsWith(":mask")) &&
    outputs.every(({ name }) => name === "logits" || !wanted.has(name));
}

/** The last position of each row: [batch, pos, width] to [batch, 1, width]. */
function atLast(x: Tensor): Tensor {
  const [batch, pos, width] = x.shape;
  const rows = Array.from({ length: batch }, (_, row) => row * pos + pos - 1);
  return takeRows(x.reshape(batch * pos, width), rows).reshape(batch, 1, width);
}

/** What the stream is called as it comes into a block, or, after the last, into the unembedding. */
export function streamInto(layer: number): string {
  return `stream.${layer}`;
}

/** Everything that a run of a model built with a past gives besides its hooks. */
export function cachedOutputs(model: Model, options: PartOptions): string[] {
  return partsOf(model, options).flatMap(({ outputs }) => outputs)
    .map(({ name }) => name).filter((name) => name.startsWith("next."));
}

/** Runs one part, which knows nothing of the number of its block. */
async function runPart(
  { graph, inputs, outputs }: Part,
  given: Readonly<Record<string, Feed>>,
  wanted: ReadonlySet<string>,
): Promise<Record<string, Tensor>> {
  const places = outputs.filter(({ name }) => wanted.has(name) || name === STREAM.out);
  const feeds = inputs.flatMap(({ name, local }) =>
    Object.hasOwn(given, name) ? [[local, given[name]]] : [] // the session says what is missing
  );
  const results = await sessions.run(
    graph,
    Object.fromEntries(feeds),
    places.map(({ local }) => local),
  );
  return Object.fromEntries(places.map(({ name, local }) => [name, results[local]]));
}
