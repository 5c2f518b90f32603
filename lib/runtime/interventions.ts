import type { Config } from "../model/config.ts";
import { type Axis, hookOf, lengthsOf } from "../model/hooks.ts";
import { sizeOf, Tensor } from "../tensor/tensor.ts";
import type { Booleans, Feed } from "./session.ts";

/** One change to a run: what stands at a hook, where it is chosen, is replaced. */
export interface Intervention {
  /** The hook's name, such as `blocks.0.attn.hook_z`. */
  readonly hook: string;
  /**
   * What takes its place: zeros; a tensor that broadcasts to the hook's shape; the mean over all
   * rows and positions of the same run without interventions; or whatever a function makes of that
   * run's activation.
   */
  readonly to: "zero" | "mean" | Tensor | ((clean: Tensor) => Tensor);
  /** Rows of the batch; all unless told. */
  readonly rows?: readonly number[];
  /** Positions; all unless told. At a pattern or scores these are the queries. */
  readonly positions?: readonly number[];
  /** Heads, at hooks that have them, those of keys and values at theirs; all unless told. */
  readonly heads?: readonly number[];
}

/** Whether an intervention builds on what the run would have been without it. */
export function needsClean({ to }: Intervention): boolean {
  return to === "mean" || typeof to === "function";
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
 * @param clean What stands at a hook in the same run without interventions.
 * @throws {RangeError} If a row, position or head does not exist, the hook has no heads, or a
 * tensor does not fit.
 */
export function interventionFeeds(
  config: Config,
  [batch, pos]: readonly [number, number],
  interventions: readonly Intervention[],
  clean: (hook: string) => Tensor,
): Record<string, Feed> {
  const lengths = lengthsOf(config, batch, pos);
  const feeds: Record<string, Feed> = {};
  for (const [hook, changes] of Object.entries(Object.groupBy(interventions, (i) => i.hook))) {
    const { axes } = hookOf(config, hook);
    const { mask, patch } = merge(axes, lengths, changes!, clean);
    Object.assign(feeds, { [`${hook}:mask`]: mask, [`${hook}:patch`]: patch });
  }
  return feeds;
}

function merge(
  axes: readonly Axis[],
  lengths: Readonly<Record<Axis, number>>,
  changes: readonly Intervention[],
  clean: (hook: string) => Tensor,
): { mask: Booleans; patch: Tensor } {
  const shape = axes.map((axis) => lengths[axis]);
  const booleans = new Uint8Array(sizeOf(shape));
  const patch = Tensor.full(shape);
  for (const change of changes) {
    const chosen = axes.map((axis) => choose(change, axis, lengths[axis]));
    checkHeads(change, axes);
    const value = replacement(change, axes, shape, clean);
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

function replacement(
  { hook, to }: Intervention,
  axes: readonly Axis[],
  shape: readonly number[],
  clean: (hook: string) => Tensor,
): Tensor {
  if (to === "zero") return Tensor.full(axes.map(() => 1));
  if (to === "mean") return meanOverPlaces(clean(hook), axes);
  const value = typeof to === "function" ? to(clean(hook)) : to;
  const padded = [...Array(Math.max(0, shape.length - value.shape.length)).fill(1), ...value.shape];
  const fits = padded.length === shape.length &&
    padded.every((length, axis) => length === 1 || length === shape[axis]);
  if (fits) return value.reshape(...padded);
  throw new RangeError(
    `Cannot intervene at ${hook}: the replacement must fit [${shape}], got [${value.shape}]`,
  );
}

/** The mean over batch and position, each other axis kept: what a mean ablation puts in. */
function meanOverPlaces(x: Tensor, axes: readonly Axis[]): Tensor {
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
