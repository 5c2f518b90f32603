import { keyHeadOf, type Model } from "../../model/mod.ts";
import { dot, Random, sum } from "../../tensor/mod.ts";
import { Matrix, matrixOf } from "../../tensor/matrix.ts";
import { randomDirections } from "./random_directions.ts";

/** By which of its three inputs a head reads what another has written. */
export type CompositionKind = "Q" | "K" | "V";

/** How strongly each head of one layer writes to where each head of a later one reads. */
export interface Compositions {
  /** Between 0 and 1: [writer][reader]. */
  readonly scores: readonly (readonly number[])[];
  /** The same with what is written turned at random, draw by draw: [draw][writer][reader]. */
  readonly turned: readonly (readonly (readonly number[])[])[];
}

/** What {@linkcode composition} may be told. */
export interface CompositionOptions {
  /** The earlier layer; 0 unless told. */
  readonly from?: number;
  /** The later layer; 1 unless told. */
  readonly to?: number;
  /** Random turns to compare with; 3 unless told. */
  readonly draws?: number;
}

/** A product of two factors, such as W_Q W_K^T, by what is needed of either to meet another one. */
interface Factored {
  /** The factor that meets the stream where another head reads or writes, [d_model, d_head]. */
  readonly meets: Matrix;
  /** X^T X of the other factor X, which is all that a norm asks of it: [d_head, d_head]. */
  readonly gram: Matrix;
  /** The Frobenius norm of the product. */
  readonly norm: number;
}

/**
 * Q-, K- and V-composition between the heads of two layers, as in "A Mathematical Framework for
 * Transformer Circuits" (Elhage et al., 2021). Where x, a row vector, becomes x W_OV in the earlier
 * head and q W_QK k^T is a score of the later one, it is the Frobenius norm of W_OV W_QK (for Q),
 * W_OV W_QK^T (for K) or W_OV W_OV' (for V) over the product of both factors' norms. A norm's
 * weights and LayerNorm's centring count to the reader; its division by a scale, which differs from text to
 * text, is left out, as are biases and rotary turns. A head of zeros scores 0.
 *
 * Two heads without any regard for each other do not score 0 but about 1/sqrt(d_model). So the same
 * is worked out with what the earlier layer writes turned by random rotations: the same heads, with
 * the directions in which they meet left to chance.
 *
 * @throws {RangeError} If the layers are not two of the model's, the earlier first.
 */
export function composition(
  model: Model,
  { from = 0, to = 1, draws = 3 }: CompositionOptions = {},
): Record<CompositionKind, Compositions> {
  checkLayers(model, from, to);
  const { n_heads, d_model } = model.config;
  const heads = Array.from({ length: n_heads }, (_, head) => head);
  const writers = heads.map((head) => factored(factors(model, from, head), "O", "V"));
  const random = new Random("rotations 0");
  const turned = Array.from({ length: draws }, () => {
    const rotation = new Matrix(randomDirections(random, d_model, d_model).map((row) => [...row]));
    const turn = (x: Matrix) => x.transpose().mmul(rotation).transpose();
    return writers.map((writer) => ({ ...writer, meets: turn(writer.meets) }));
  });
  const compare = (kind: CompositionKind, other: "Q" | "K" | "O"): Compositions => {
    const readers = heads.map((head) => factored(factors(model, to, head), kind, other));
    return {
      scores: scoresOf(writers, readers),
      turned: turned.map((each) => scoresOf(each, readers)),
    };
  };
  // What reads is W_Q W_K^T by queries, W_K W_Q^T by keys and W_V W_O by values.
  return { Q: compare("Q", "K"), K: compare("K", "Q"), V: compare("V", "O") };
}

function scoresOf(writers: readonly Factored[], readers: readonly Factored[]): number[][] {
  return writers.map((writer) =>
    readers.map((reader) => {
      const met = writer.meets.transpose().mmul(reader.meets); // [d_head, d_head]
      const through = met.transpose().mmul(writer.gram.mmul(met)); // [d_head, d_head]
      const norms = writer.norm * reader.norm;
      return norms === 0 ? 0 : Math.sqrt(trace(through, reader.gram)) / norms;
    })
  );
}

/** W_Q, W_K and W_V of a head, a norm's weights and LayerNorm's centring included, and W_O^T. */
type Factors = Record<CompositionKind | "O", Matrix>;

function factors({ config, weights }: Model, layer: number, head: number): Factors {
  const weight = (part: CompositionKind | "O") => {
    const own = part === "K" || part === "V" ? keyHeadOf(config, head) : head;
    return matrixOf(weights[`blocks.${layer}.attn.W_${part}`].get(own));
  };
  const folded = (part: CompositionKind) => {
    if (config.normalization === "none") return weight(part);
    const scale = weights[`blocks.${layer}.ln1.w`].data;
    const weighted = weight(part).mulColumnVector([...scale]);
    return config.normalization === "LN" ? weighted.center("column") : weighted;
  };
  return { Q: folded("Q"), K: folded("K"), V: folded("V"), O: weight("O").transpose() };
}

function factored(factors: Factors, meeting: keyof Factors, other: keyof Factors): Factored {
  const [meets, gram] = [factors[meeting], gramOf(factors[other])];
  return { meets, gram, norm: Math.sqrt(trace(gramOf(meets), gram)) };
}

/** X^T X: [columns, columns]. */
function gramOf(x: Matrix): Matrix {
  return x.transpose().mmul(x);
}

/** The trace of a product a b of which one at least is symmetric. */
function trace(a: Matrix, b: Matrix): number {
  return sum(Array.from({ length: a.rows }, (_, i) => dot(a.getRow(i), b.getRow(i))));
}

function checkLayers({ name, config: { n_layers } }: Model, from: number, to: number): void {
  const whole = Number.isInteger(from) && Number.isInteger(to);
  if (whole && 0 <= from && from < to && to < n_layers) return;
  const required = `two of its ${n_layers} layers, the earlier first, are required`;
  throw new RangeError(`Cannot compose heads of ${name}: ${required}, got ${from} and ${to}`);
}
