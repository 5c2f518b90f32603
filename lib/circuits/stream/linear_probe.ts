import { type Model, streamHooks } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import {
  centre,
  columnMeans,
  dot,
  leastSquares,
  mean,
  Random,
  sum,
  Tensor,
} from "../../tensor/mod.ts";

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
 * The linear read-out that comes closest to some numbers (Alain and Bengio, 2016,
 * arXiv:1610.01644).
 *
 * @param x Vectors, [rows, width].
 * @param y The number that is to be read off each.
 * @throws {RangeError} If there is not one number for each vector, or all the vectors are one.
 */
export function fitProbe(x: Tensor, y: readonly number[]): LinearProbe {
  const [rows, width] = x.shape;
  if (x.shape.length !== 2 || rows !== y.length || rows < 2) {
    const required = "two vectors or more, [rows, width], and a number each are required";
    throw new RangeError(`Cannot fit a probe: ${required}, got [${x.shape}], ${y.length} numbers`);
  }
  const middle = columnMeans(x);
  const level = mean(y);
  const centred = centre(x, middle); // [rows, width]
  const variance = dot(centred.data, centred.data) / width;
  const targets = new Tensor(Float32Array.from(y, (value) => value - level), [rows, 1]);
  const weights = leastSquares(centred, targets, RIDGE * variance).reshape(width);
  return { weights, constant: level - dot(weights.data, middle) };
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
  const [fitted, scored] = [await run(model, fit, { hooks }), await run(model, score, { hooks })];
  return probes.map(({ hook, number = (p) => p, folded, shuffled }) => {
    const numbers = (rows: Tokens) => rows.flatMap((row) => row.map((_, p) => number(p)));
    const own = numbers(fit);
    const labels = shuffled ? new Random("shuffled positions").shuffle(own) : own;
    const [known, unknown] = [vectors(fitted.get(hook)), vectors(scored.get(hook))];
    const means = columnMeans(known);
    const seen = (x: Tensor) => folded ? centre(x, means).map(Math.abs) : x;
    const guesses = readProbe(fitProbe(seen(known), labels), seen(unknown));
    return { hook, r2: rSquared(guesses, numbers(score)) };
  });
}

/** All positions of all rows as one list: [batch, pos, ...] to [batch * pos, width]. */
function vectors(x: Tensor): Tensor {
  const rows = x.shape[0] * x.shape[1];
  return x.reshape(rows, x.size / rows);
}
