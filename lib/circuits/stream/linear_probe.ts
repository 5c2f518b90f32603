import { type Model, streamHooks } from "../../model/mod.ts";
import { type Activations, run, type Tokens } from "../../runtime/mod.ts";
import {
  centre,
  columnMeans,
  dot,
  leastSquares,
  mean,
  Random,
  stack,
  sum,
  Tensor,
} from "../../tensor/mod.ts";
import { inBatches } from "../texts/in_batches.ts";

/** A number read off a vector: one weight for each coordinate, and a constant. */
interface LinearProbe {
  /** A weight for each coordinate: [width]. */
  readonly weights: Tensor;
  /** What is added. */
  readonly constant: number;
}

/**
 * What a squared weight costs, as a share of the vectors' own variance: enough for coordinates that
 * depend on each other, too little to be noticed where they do not.
 */
const RIDGE = 1e-6;

/**
 * The linear read-outs that come closest to some numbers, one for each that is to be read off the
 * vectors (Alain and Bengio, 2016, arXiv:1610.01644).
 *
 * @param x Vectors, [rows, width].
 * @param each For each read-out, the number that is to be read off each vector.
 * @throws {RangeError} If there is not one number for each vector, or all the vectors are one.
 */
export function fitProbes(x: Tensor, each: readonly (readonly number[])[]): LinearProbe[] {
  const [rows, width] = x.shape;
  const wrong = each.find((y) => x.shape.length !== 2 || rows !== y.length || rows < 2);
  if (wrong) {
    const required = "two vectors or more, [rows, width], and a number each are required";
    const given = `[${x.shape}], ${wrong.length} numbers`;
    throw new RangeError(`Cannot fit a probe: ${required}, got ${given}`);
  }
  const [middle, levels] = [columnMeans(x), each.map(mean)];
  const centred = centre(x, middle); // [rows, width]
  const variance = dot(centred.data, centred.data) / width;
  const targets = Tensor.full([rows, each.length])
    .map((_, i) => each[i % each.length][Math.floor(i / each.length)] - levels[i % each.length]);
  const fitted = leastSquares(centred, targets, RIDGE * variance).transpose(1, 0).unstack();
  return fitted.map((weights, i) => (
    { weights, constant: levels[i] - dot(weights.data, middle) }
  ));
}

/** What a probe reads off each of some vectors, [rows, width]. */
export function readProbe({ weights, constant }: LinearProbe, x: Tensor): number[] {
  return x.unstack().map(({ data }) => constant + dot(weights.data, data));
}

/**
 * R^2, the share of the variance of some numbers that a guess of them accounts for: 1 where every
 * guess is right, 0 where it is as good as naming their mean each time, below 0 where it is worse.
 *
 * @throws {RangeError} If there is not one guess for each, or they are all the same number.
 */
export function rSquared(guesses: readonly number[], numbers: readonly number[]): number {
  const level = mean(numbers);
  const variance = sum(numbers.map((value) => (value - level) ** 2));
  if (guesses.length !== numbers.length || !(variance > 0)) {
    const required = "a guess each of at least two different numbers is required";
    const given = `${guesses.length} guesses of ${numbers.length} numbers`;
    throw new RangeError(`Cannot work out R^2: ${required}, got ${given}`);
  }
  return 1 - sum(numbers.map((value, i) => (value - guesses[i]) ** 2)) / variance;
}

/** Where and how the position is to be read off. */
export interface PositionProbe {
  /** Where to read: a hook, [batch, pos, ...]. */
  readonly hook: string;
  /** What is to be read off: the position itself, counted from 0, unless told. */
  readonly number?: (position: number) => number;
  /**
   * Whether a coordinate counts by how far it is from its mean, whichever way. What is told by how
   * much a vector strays, and not by where it points, only shows like that.
   */
  readonly folded?: boolean;
  /** Whether the positions are shuffled for the fit, so that there is nothing to be learned. */
  readonly shuffled?: boolean;
}

/** What {@linkcode probePosition} is told. */
export interface ProbePositionOptions {
  /** Texts to fit on, [rows][pos]. */
  readonly fit: Tokens;
  /** Other texts to be judged on, [rows][pos]. */
  readonly score: Tokens;
  /** What to read off, and where; the position at each place of the stream unless told. */
  readonly probes?: readonly PositionProbe[];
}

/** How well the position can be read off at a hook, as evidence. */
export type PositionAt = { readonly hook: string; readonly r2: number };

/**
 * How well the position of a token can be read off by a linear probe, probe by probe: fitted on some
 * texts and judged on others, so that nothing is gained by knowing the texts.
 */
export async function probePosition(
  model: Model,
  { fit, score, probes = streamHooks(model.config).map((hook) => ({ hook })) }:
    ProbePositionOptions,
): Promise<PositionAt[]> {
  const hooks = [...new Set(probes.map(({ hook }) => hook))];
  const [fitted, scored] = [await vectors(model, fit, hooks), await vectors(model, score, hooks)];
  const found = new Map<PositionProbe, PositionAt>();
  // Those that read the same vectors are fitted together.
  for (const alike of Map.groupBy(probes, ({ hook, folded }) => `${hook} ${folded}`).values()) {
    const [{ hook, folded }] = alike;
    const means = columnMeans(fitted[hook]);
    const seen = (x: Tensor) => folded ? centre(x, means).map(Math.abs) : x;
    const fits = fitProbes(seen(fitted[hook]), alike.map((probe) => labelsOf(probe, fit)));
    const unknown = seen(scored[hook]);
    alike.forEach((probe, i) => {
      const r2 = rSquared(readProbe(fits[i], unknown), numbersOf(probe, score));
      found.set(probe, { hook, r2 });
    });
  }
  return probes.map((probe) => found.get(probe)!);
}

/** What is to be read off at every position of every row. */
function numbersOf({ number = (p) => p }: PositionProbe, rows: Tokens): number[] {
  return rows.flatMap((row) => row.map((_, p) => number(p)));
}

/** The same for a fit: shuffled if nothing is to be learned. */
function labelsOf(probe: PositionProbe, rows: Tokens): number[] {
  const own = numbersOf(probe, rows);
  return probe.shuffled ? new Random("shuffled positions").shuffle(own) : own;
}

/** All positions of all rows as one list for each hook: [batch * pos, width]. */
async function vectors(
  model: Model,
  rows: Tokens,
  hooks: readonly string[],
): Promise<Record<string, Tensor>> {
  const parts: Activations[] = [];
  for (const batch of inBatches(rows)) parts.push(await run(model, batch, { hooks }));
  return Object.fromEntries(hooks.map((hook) => {
    const x = stack(parts.flatMap((part) => part.get(hook).unstack())); // [batch, pos, ...]
    const places = x.shape[0] * x.shape[1];
    return [hook, x.reshape(places, x.size / places)];
  }));
}
