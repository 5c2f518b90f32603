/** Where parameters lie in the tensors of a file, whatever these are called there. */
import { stack, type Tensor } from "../../tensor/mod.ts";
import type { Config } from "../config.ts";
import { misfit, parameterShapes, type Weights } from "../params.ts";
import { ModelFileError, quote } from "./file_error.ts";
import type { StoredTensor } from "./safetensors.ts";

/** One tensor of a file, and the parameters of ours that it holds. */
export interface Layout {
  /** Our parameters, all of one shape. */
  readonly holds: readonly string[];
  /** The shape of ours, stacked on a new first axis. */
  readonly stacked: readonly number[];
  /** The axes of the stack in their order. */
  readonly axes: readonly number[];
  /** Their shape: those axes, some of them run together. */
  readonly shape: readonly number[];
}

/** How the tensors of one family of models are called, and how ours lie in them. */
export interface Naming {
  /** What the family is called in messages. */
  readonly family: string;
  /** What names may begin with. */
  readonly prefix: string;
  /** Whether a tensor holds no parameter, so that nothing is read from it. */
  isBuffer(name: string): boolean;
  /** The embedding, and the unembedding, which are one tensor where tied. */
  readonly embed: string;
  readonly unembed: string;
  /** Where every parameter of a config lies, by their names, without the prefix. */
  layouts(config: Config): Readonly<Record<string, Layout>>;
}

/** The layouts of a config, put together one by one. */
export class Layouts {
  /** By their names. */
  readonly all: Record<string, Layout> = {};
  readonly #ours: Readonly<Record<string, readonly number[]>>;

  constructor(config: Config) {
    this.#ours = parameterShapes(config);
  }

  /** Whether the config has a parameter. */
  has(name: string): boolean {
    return name in this.#ours;
  }

  /** Adds a tensor, if the config has the parameters that it would hold. */
  add(
    name: string,
    holds: readonly string[],
    shape: readonly number[] = this.#ours[holds[0]],
    axes?: readonly number[],
  ): void {
    if (!this.has(holds[0])) return;
    const stacked = [holds.length, ...this.#ours[holds[0]]];
    this.all[name] = { holds, stacked, axes: axes ?? stacked.map((_, axis) => axis), shape };
  }
}

/**
 * Our weights under the names and in the shapes of a family.
 *
 * @throws {ModelFileError} If a parameter that the config implies is missing, is of another
 * shape, or is one too many.
 */
export function toTensors(
  naming: Naming,
  config: Config,
  weights: Weights,
): Record<string, Tensor> {
  const problem = misfit(parameterShapes(config), weights);
  if (problem) fail(naming, "write", problem);
  return Object.fromEntries(
    Object.entries(naming.layouts(config)).map(([name, layout]) => {
      return [name, pack(layout, layout.holds.map((ours) => weights[ours]))];
    }),
  );
}

/**
 * Our weights from the tensors of a family; the inverse of {@linkcode toTensors}. Names may have
 * the prefix; buffers are ignored; of a tied pair one is enough, and both must be equal.
 *
 * @throws {ModelFileError} If a tensor that the config implies is missing, is of another shape,
 * or is one too many.
 */
export function fromTensors(
  naming: Naming,
  config: Config,
  tensors: ReadonlyMap<string, StoredTensor>,
): Weights {
  if (config.n_layers > tensors.size) { // or a mistyped config would be laid out in full first
    const given = `${config.n_layers} layers need more tensors than the ${tensors.size} given`;
    fail(naming, "read", given);
  }
  const theirs = withoutPrefix(naming, tensors);
  if (config.tied) tie(naming, theirs);
  const layouts = naming.layouts(config);
  const shapes = Object.entries(layouts).map(([name, { shape }]) => [name, shape] as const);
  const problem = misfit(Object.fromEntries(shapes), Object.fromEntries(theirs));
  if (problem) fail(naming, "read", problem + orientation(layouts, theirs));
  const found: Record<string, Tensor> = {};
  for (const [name, layout] of Object.entries(layouts)) {
    unpack(layout, theirs.get(name)!.read()).forEach((ours, i) => found[layout.holds[i]] = ours);
  }
  const order = Object.keys(parameterShapes(config));
  return Object.fromEntries(order.map((name) => [name, found[name]]));
}

function withoutPrefix(
  naming: Naming,
  tensors: ReadonlyMap<string, StoredTensor>,
): Map<string, StoredTensor> {
  const bare = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensors) {
    const short = name.startsWith(naming.prefix) ? name.slice(naming.prefix.length) : name;
    if (naming.isBuffer(short)) continue;
    if (bare.has(short)) {
      fail(naming, "read", `tensor ${quote(short)} is there with and without prefix`);
    }
    bare.set(short, tensor);
  }
  return bare;
}

/** Of a tied pair files keep either or both; two that differ are no pair. */
function tie(naming: Naming, tensors: Map<string, StoredTensor>): void {
  const { embed, unembed } = naming;
  const [first, second] = [tensors.get(embed), tensors.get(unembed)];
  if (second === undefined) return;
  if (first === undefined) tensors.set(embed, second);
  else if (!sameNumbers(first, second)) {
    fail(naming, "read", `tensor ${unembed} of a tied model must equal ${embed} or be absent`);
  }
  tensors.delete(unembed);
}

function sameNumbers(a: StoredTensor, b: StoredTensor): boolean {
  if (`${a.shape}` !== `${b.shape}`) return false;
  const [x, y] = [a.read().data, b.read().data];
  let i = 0; // a plain loop, as the embedding is the largest of all
  while (i < x.length && x[i] === y[i]) i++;
  return i === x.length;
}

/** Says so where all matrices that are of another shape lie on their side. */
function orientation(
  layouts: Readonly<Record<string, Layout>>,
  theirs: ReadonlyMap<string, StoredTensor>,
): string {
  const odd = Object.entries(layouts)
    .map(([name, { shape }]) => [`${shape}`, theirs.get(name)?.shape ?? []] as const)
    .filter(([required, given]) => given.length === 2 && `${given}` !== required);
  if (odd.length === 0 || odd.some(([required, [a, b]]) => `${[b, a]}` !== required)) return "";
  return "; its matrices lie on their side: transpose them (Hugging Face's GPT-2 has them " +
    "as [in, out]; its Llama, minGPT and nanoGPT as [out, in])";
}

function fail({ family }: Naming, action: "read" | "write", problem: string): never {
  throw new ModelFileError(`Cannot ${action} ${family} weights: ${problem}`);
}

/** From our parameters to their tensor. */
function pack({ axes, shape }: Layout, ours: readonly Tensor[]): Tensor {
  return inOrder(stack(ours), axes).reshape(...shape);
}

/** And back, in the order of `holds`. */
function unpack({ stacked, axes }: Layout, theirs: Tensor): Tensor[] {
  const permuted = theirs.reshape(...axes.map((axis) => stacked[axis]));
  const all = inOrder(permuted, axes.map((_, axis) => axes.indexOf(axis)));
  return Array.from({ length: stacked[0] }, (_, i) => all.get(i));
}

/** Axes in another order; nothing is copied where it is the same one. */
function inOrder(x: Tensor, axes: readonly number[]): Tensor {
  return axes.every((axis, i) => axis === i) ? x : x.transpose(...axes);
}
