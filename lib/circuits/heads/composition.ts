import type { Model } from "../../model/mod.ts";
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

/** A head of the earlier layer: what it writes by, and what is needed of its other half. */
interface Writer {
  /** W_O, [d_head, d_model]. */
  readonly out: Matrix;
  /** W_V^T W_V, which is all that a norm asks of W_V: [d_head, d_head]. */
  readonly gram: Matrix;
  /** The Frobenius norm of the whole. */
  readonly norm: number;
}

/** A head of the later layer by one of its inputs: a product `reads` `onto`^T. */
interface Reader {
  /** The factor that meets the stream, [d_model, d_head]. */
  readonly reads: Matrix;
  /** The other factor by itself, onto^T onto: [d_head, d_head]. */
  readonly gram: Matrix;
  /** The Frobenius norm of the whole. */
  readonly norm: number;
}

/**
 * Q-, K- and V-composition between the heads of two layers, as in "A Mathematical Framework for
 * Transformer Circuits" (Elhage et al., 2021). Where x, a row vector, becomes x W_OV in the earlier
 * head and q W_QK k^T is a score of the later one, it is the Frobenius norm of W_OV W_QK (for Q),
 * W_OV W_QK^T (for K) or W_OV W_OV' (for V) over the product of both factors' norms. LayerNorm's
 * centring and weights count to the reader; its division by a scale, which differs from text to
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
  const writers = heads.map((head) => writerOf(model, from, head));
  const random = new Random("rotations 0");
  const turned = Array.from({ length: draws }, () => {
    const rotation = new Matrix(randomDirections(random, d_model, d_model).map((row) => [...row]));
    return writers.map((writer) => ({ ...writer, out: writer.out.mmul(rotation) }));
  });
  const compare = (kind: CompositionKind): Compositions => {
    const readers = heads.map((head) => readerOf(model, to, head, kind));
    return {
      scores: scoresOf(writers, readers),
      turned: turned.map((each) => scoresOf(each, readers)),
    };
  };
  return { Q: compare("Q"), K: compare("K"), V: compare("V") };
}

function scoresOf(writers: readonly Writer[], readers: readonly Reader[]): number[][] {
  return writers.map((writer) =>
    readers.map((reader) => {
      const met = writer.out.mmul(reader.reads); // [d_head, d_head]
      const through = met.transpose().mmul(writer.gram.mmul(met)); // [d_head, d_head]
      const factors = writer.norm * reader.norm;
      return factors === 0 ? 0 : Math.sqrt(trace(through, reader.gram)) / factors;
    })
  );
}

function writerOf(model: Model, layer: number, head: number): Writer {
  const reads = folded(model, layer, weight(model, layer, head, "V"));
  const out = weight(model, layer, head, "O");
  const gram = gramOf(reads);
  return { out, gram, norm: Math.sqrt(trace(gramOf(out.transpose()), gram)) };
}

/** By queries it is W_Q W_K^T, by keys W_K W_Q^T, by values W_V W_O. */
function readerOf(model: Model, layer: number, head: number, kind: CompositionKind): Reader {
  const part = (name: CompositionKind) => folded(model, layer, weight(model, layer, head, name));
  const reads = part(kind);
  const other = kind === "V"
    ? weight(model, layer, head, "O").transpose()
    : part(kind === "Q" ? "K" : "Q");
  const gram = gramOf(other);
  return { reads, gram, norm: Math.sqrt(trace(gramOf(reads), gram)) };
}

function weight(model: Model, layer: number, head: number, part: CompositionKind | "O"): Matrix {
  return matrixOf(model.weights[`blocks.${layer}.attn.W_${part}`].get(head));
}

/** A matrix that reads the stream, with LayerNorm's weights and centring made part of it. */
function folded({ config, weights }: Model, layer: number, reads: Matrix): Matrix {
  if (config.normalization === "none") return reads;
  const scale = weights[`blocks.${layer}.ln1.w`].data;
  return reads.mulColumnVector([...scale]).center("column");
}

/** X^T X: [columns, columns]. */
function gramOf(x: Matrix): Matrix {
  return x.transpose().mmul(x);
}

/** The trace of a product a b of which one at least is symmetric. */
function trace(a: Matrix, b: Matrix): number {
  const rows = Array.from({ length: a.rows }, (_, i) => dot(a.getRow(i), b.getRow(i)));
  return sum(rows);
}

function checkLayers({ name, config: { n_layers } }: Model, from: number, to: number): void {
  const whole = Number.isInteger(from) && Number.isInteger(to);
  if (whole && 0 <= from && from < to && to < n_layers) return;
  const required = `two of its ${n_layers} layers, the earlier first, are required`;
  throw new RangeError(`Cannot compose heads of ${name}: ${required}, got ${from} and ${to}`);
}
