import type { Config } from "../model/config.ts";
import { type Axis, hookOf, inEachBlock, lengthsOf } from "../model/hooks.ts";
import { sizeOf, Tensor } from "../tensor/tensor.ts";
import type { Booleans, Feed } from "./session.ts";

/** One change to a run: what stands at a hook, where it is chosen, is replaced. */
export interface Intervention {
  /** The hook's name, such as `blocks.0.attn.hook_z`. */
  readonly hook: string;
  /**
   * What takes its place: zeros; a tensor that broadcasts to the hook's shape; the mean over all
   * rows and positions of what stands there; or whatever a function makes of a copy of that.
   */
  readonly to: "zero" | "mean" | Tensor | ((there: Tensor) => Tensor);
  /**
   * What a mean or a function is given: what stands at the hook in the same run without any
   * interventions, which is the rule here; or as the run stands, with all that was changed before it,
   * as TransformerLens's hooks have it.
   */
  readonly given?: "clean" | "standing";
  /** Rows of the batch; all unless told. */
  readonly rows?: readonly number[];
  /** Positions; all unless told. At a pattern or scores these are the queries. */
  readonly positions?: readonly number[];
  /** Heads, at hooks that have them, those of keys and values at theirs; all unless told. */
  readonly heads?: readonly number[];
}

/** An intervention of which it is known what it puts in. */
export type Settled = Intervention & { readonly to: "zero" | Tensor };

/** Whether an intervention builds on what stands at its hook. */
export function buildsOn({ to }: Intervention): boolean {
  return to === "mean" || typeof to === "function";
}

/**
 * The hooks that a graph is to be open for, so that a run can intervene at some: each in every block,
 * so that a sweep that goes through the blocks one by one stays with one session.
 *
 * @throws {RangeError} If the model has no such hook.
 */
export function openHooks(config: Config, touched: readonly string[]): string[] {
  const all = touched.flatMap((hook) => {
    hookOf(config, hook);
    const [, inBlock] = hook.match(/^blocks\.\d+\.(.+)$/) ?? [];
    return inBlock === undefined ? [hook] : inEachBlock(config, inBlock);
  });
  return [...new Set(all)];
}

/** What a graph built with `intervene` is fed when nothing is to change. */
export function noInterventions(config: Config, hooks: readonly string[]): Record<string, Feed> {
  const feeds = hooks.map((hook): [string, Feed][] => {
    const shape = hookOf(config, hook).axes.map(() => 1);
    const mask = { booleans: new Uint8Array(1), shape };
    return [[`${hook}:mask`, mask], [`${hook}:patch`, Tensor.full(shape)]];
  });
  return Object.fromEntries(feeds.flat());
}

/**
 * The masks and patches that a graph built with `intervene` is fed. Several interventions may
 * meet at one hook; where they overlap the later one counts.
 *
 * @throws {RangeError} If a row, position or head does not exist, the hook has no heads, or a
 * tensor does not fit.
 */
export function interventionFeeds(
  config: Config,
  [batch, pos]: readonly [number, number],
  interventions: readonly Settled[],
): Record<string, Feed> {
  const lengths = lengthsOf(config, batch, pos);
  const feeds: Record<string, Feed> = {};
  for (const [hook, changes] of Object.entries(Object.groupBy(interventions, (i) => i.hook))) {
    const { axes } = hookOf(config, hook);
    const { mask, patch } = merge(axes, lengths, changes!);
    Object.assign(feeds, { [`${hook}:mask`]: mask, [`${hook}:patch`]: patch });
  }
  return feeds;
}

function merge(
  axes: readonly Axis[],
  lengths: Readonly<Record<Axis, number>>,
  changes: readonly Settled[],
): { mask: Booleans; patch: Tensor } {
  const shape = axes.map((axis) => lengths[axis]);
  const booleans = new Uint8Array(sizeOf(shape));
  const patch = Tensor.full(shape);
  for (const change of changes) {
    const chosen = axes.map((axis) => choose(change, axis, lengths[axis]));
    checkHeads(change, axes);
    const value = replacement(change, shape);
    eachIndex(chosen, (index) => {
      const offset = broadcastOffset(shape, index);
      booleans[offset] = 1;
      patch.data[offset] = value.data[broadcastOffset(value.shape, index)];
    });
  }
  return { mask: { booleans, shape }, patch };
}

/** Which places along an axis an intervention is about. */
function choose(
  { hook, rows, positions, heads }: Intervention,
  axis: Axis,
  length: number,
): readonly number[] {
  const along = { pos: positions, query: positions, head: heads, key_value_head: heads };
  const named = { batch: rows, ...along } as const;
  const places = axis in named ? named[axis as keyof typeof named] : undefined;
  const wrong = places?.find((i) => !Number.isInteger(i) || i < 0 || i >= length);
  if (wrong !== undefined) {
    const required = `${axis} must be a whole number in [0, ${length})`;
    throw new RangeError(`Cannot intervene at ${hook}: ${required}, got ${wrong}`);
  }
  return places ?? upTo(length);
}

function checkHeads({ hook, heads }: Intervention, axes: readonly Axis[]): void {
  if (!heads || axes.includes("head") || axes.includes("key_value_head")) return;
  throw new RangeError(`Cannot intervene on heads at ${hook}: its axes are [${axes}]`);
}

function replacement({ hook, to }: Settled, shape: readonly number[]): Tensor {
  if (to === "zero") return Tensor.full(shape.map(() => 1));
  const padded = [...Array(Math.max(0, shape.length - to.shape.length)).fill(1), ...to.shape];
  const fits = padded.length === shape.length &&
    padded.every((length, axis) => length === 1 || length === shape[axis]);
  if (fits) return to.reshape(...padded);
  throw new RangeError(
    `Cannot intervene at ${hook}: the replacement must fit [${shape}], got [${to.shape}]`,
  );
}

/** The mean over batch and position, each other axis kept: what a mean ablation puts in. */
export function meanOverPlaces(config: Config, hook: string, x: Tensor): Tensor {
  const { axes } = hookOf(config, hook);
  const averaged = new Set<Axis>(["batch", "pos", "query"]);
  const shape = x.shape.map((length, axis) => averaged.has(axes[axis]) ? 1 : length);
  const sums = new Float64Array(sizeOf(shape));
  eachIndex(x.shape.map(upTo), (index) => {
    sums[broadcastOffset(shape, index)] += x.data[broadcastOffset(x.shape, index)];
  });
  const count = x.size / sums.length;
  return new Tensor(Float32Array.from(sums, (sum) => sum / count), shape);
}

function upTo(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

/** Where an index falls in a row-major array whose axes of length 1 stretch. */
function broadcastOffset(shape: readonly number[], index: readonly number[]): number {
  return shape.reduce((sum, length, axis) => sum * length + (length === 1 ? 0 : index[axis]), 0);
}

/** Visits every choice of one place from each axis, the last axis fastest; the index is reused. */
function eachIndex(
  places: readonly (readonly number[])[],
  visit: (index: readonly number[]) => void,
  index: number[] = [],
): void {
  if (index.length === places.length) return visit(index);
  for (const place of places[index.length]) {
    index.push(place);
    eachIndex(places, visit, index);
    index.pop();
  }
}
