import { Random, type Tensor } from "../../tensor/mod.ts";
import type { Config } from "../config.ts";
import { keyHeadOf } from "../heads.ts";
import type { Model } from "../model.ts";

/** A change of basis R of a head's queries, and the one of its keys that makes up for it. */
export interface Basis {
  /** For the queries, [d_head][d_head]. */
  readonly R: readonly (readonly number[])[];
  /** For the keys: R^-T, worked out with R and not by inverting it, [d_head][d_head]. */
  readonly inverseTransposed: readonly (readonly number[])[];
}

/**
 * Draws the basis of the keys of one head, and of all queries that are compared with them; the
 * number is that of the keys, counted through all layers.
 */
export type Bases = (config: Config, head: number) => Basis;

/**
 * Any invertible matrix, far from the identity and well conditioned: every coordinate is stretched
 * or squeezed, by two at most, between two reflections at random planes. Its condition number is at
 * most 4, so that what is lost to rounding is little.
 */
export function randomBasis({ d_head }: Config, head: number): Basis {
  const random = new Random(`basis ${head}`);
  const [left, right] = [reflection(d_head, random), reflection(d_head, random)];
  const stretch = Array.from({ length: d_head }, () => 2 ** (2 * random.uniform() - 1));
  const between = (diagonal: readonly number[]) =>
    multiply(left, right.map((row, i) => row.map((value) => diagonal[i] * value)));
  return { R: between(stretch), inverseTransposed: between(stretch.map((value) => 1 / value)) };
}

/**
 * Only what commutes with a rotary turn: each pair of coordinates that turns together is turned by
 * an angle of its own, and stretched or squeezed as a whole.
 */
export function rotaryBasis(config: Config, head: number): Basis {
  const { d_head, rotary_adjacent_pairs } = config;
  const random = new Random(`turning basis ${head}`);
  const half = d_head / 2;
  const pairs = Array.from({ length: half }, () => ({
    angle: 2 * Math.PI * random.uniform(),
    stretch: 2 ** (2 * random.uniform() - 1),
  }));
  const pairOf = (i: number) => rotary_adjacent_pairs ? Math.floor(i / 2) : i % half;
  const matrix = (stretched: (stretch: number) => number) =>
    square(d_head, (row, column) => {
      const { angle, stretch } = pairs[pairOf(row)];
      if (pairOf(row) !== pairOf(column)) return 0;
      const turn = row === column ? Math.cos(angle) : Math.sin(angle) * (row < column ? 1 : -1);
      return stretched(stretch) * turn;
    });
  return { R: matrix((s) => s), inverseTransposed: matrix((s) => 1 / s) };
}

/** The change that changes nothing. */
export function identityBasis({ d_head }: Config): Basis {
  const identity = square(d_head, (row, column) => row === column ? 1 : 0);
  return { R: identity, inverseTransposed: identity };
}

/**
 * The same model with the queries of every head, weights and biases, in another basis, and its keys
 * in the one that makes up for it: W_Q R and W_K R^-T.
 */
export function inAnotherBasis(model: Model, bases: Bases = randomBasis): Model {
  const weights = { ...changedSide(model, "Q", bases), ...changedSide(model, "K", bases) };
  return { ...model, name: `${model.name}, rebased`, weights: { ...model.weights, ...weights } };
}

/** The weights and biases of all queries, or of all keys, in their new basis. */
export function changedSide(model: Model, side: "Q" | "K", bases: Bases): Model["weights"] {
  const { config, weights } = model;
  const names = Object.keys(weights).filter((name) => name.endsWith(`.attn.W_${side}`));
  const matrix = side === "Q" ? "R" : "inverseTransposed";
  const changed = names.flatMap((name, layer) => {
    const { n_key_value_heads } = config;
    const drawn = Array.from({ length: weights[name].shape[0] }, (_, head) => {
      const keys = side === "Q" ? keyHeadOf(config, head) : head;
      return bases(config, layer * n_key_value_heads + keys)[matrix];
    });
    const bias = name.replace("W_", "b_");
    return [name, ...config.biases ? [bias] : []]
      .map((parameter) => [parameter, times(weights[parameter], drawn)]);
  });
  return Object.fromEntries(changed);
}

/** Each head's rows times its matrix: of [heads, ..., d_head], the same shape. */
function times(x: Tensor, matrices: readonly (readonly (readonly number[])[])[]): Tensor {
  const d_head = x.shape.at(-1)!;
  const inHead = x.size / matrices.length;
  return x.map((_, i) => {
    const [start, column] = [i - i % d_head, i % d_head];
    const matrix = matrices[Math.floor(i / inHead)];
    return matrix.reduce((sum, row, k) => sum + x.data[start + k] * row[column], 0);
  });
}

/** Householder's: I - 2 v v^T / v^T v, its own inverse and transpose. */
function reflection(size: number, random: Random): number[][] {
  const v = Array.from({ length: size }, () => random.normal());
  const squared = v.reduce((sum, value) => sum + value * value, 0);
  return square(size, (i, j) => (i === j ? 1 : 0) - 2 * v[i] * v[j] / squared);
}

function multiply(a: readonly number[][], b: readonly number[][]): number[][] {
  return square(a.length, (i, j) => a[i].reduce((sum, value, k) => sum + value * b[k][j], 0));
}

function square(size: number, cell: (row: number, column: number) => number): number[][] {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => cell(i, j)));
}
