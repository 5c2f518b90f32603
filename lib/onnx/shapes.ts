/** The length of an axis: a number, or the name of one that each run decides, such as "pos". */
export type Dim = number | string;

/** A shape in which some axes may be named instead of counted. */
export type Shape = readonly Dim[];

/**
 * The shape of two tensors combined element by element (NumPy's broadcasting).
 *
 * @throws {RangeError} If two axes differ and neither is 1.
 */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  const padded = (shape: Shape) => [...Array<Dim>(rank - shape.length).fill(1), ...shape];
  const [left, right] = [padded(a), padded(b)];
  return left.map((dim, axis) => {
    if (dim === right[axis] || right[axis] === 1) return dim;
    if (dim === 1) return right[axis];
    throw new RangeError(
      `Cannot combine shapes [${a}] and [${b}]: axis ${axis} must match or be 1`,
    );
  });
}

/** The shape of a matrix product whose leading axes broadcast. */
export function matmulShape(a: Shape, b: Shape): Shape {
  if (a.length < 2 || b.length < 2 || a.at(-1) !== b.at(-2)) {
    throw new RangeError(
      `Cannot multiply [${a}] by [${b}]: the last axis must match the next-to-last`,
    );
  }
  return [...broadcast(a.slice(0, -2), b.slice(0, -2)), a.at(-2)!, b.at(-1)!];
}

/** An axis counted from the front, whichever way it was counted. */
export function fromFront(axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (counted >= 0 && counted < rank) return counted;
  throw new RangeError(`Cannot use axis ${axis}: the tensor has ${rank} axes`);
}

/** The shape after a reduction over `axes`; reduced axes stay as 1 where `keep`. */
export function reducedShape(shape: Shape, axes: readonly number[], keep: boolean): Shape {
  const gone = new Set(axes.map((axis) => fromFront(axis, shape.length)));
  return keep
    ? shape.map((dim, axis) => gone.has(axis) ? 1 : dim)
    : shape.filter((_, axis) => !gone.has(axis));
}

/** The shape after joining along `axis`; `total` names the joined axis where it is not counted. */
export function concatShape(shapes: readonly Shape[], axis: number, total?: Dim): Shape {
  const at = fromFront(axis, shapes[0].length);
  const parts = shapes.map((shape) => shape[at]);
  const counted = parts.every((part) => typeof part === "number");
  const joined = total ?? (counted ? (parts as number[]).reduce((a, b) => a + b, 0) : undefined);
  if (joined === undefined) throw new RangeError(`Cannot join [${parts}]: name the joined axis`);
  return shapes[0].map((dim, i) => i === at ? joined : dim);
}

/**
 * The shape after a reshape in ONNX's terms, where 0 keeps an axis and -1 is what is left over.
 *
 * @throws {RangeError} If the sizes cannot agree.
 */
export function reshapedShape(shape: Shape, target: readonly number[]): Shape {
  const kept = target.map((dim, axis) => dim === 0 ? shape[axis] : dim);
  const rest = [...shape];
  for (const dim of kept) {
    const same = rest.indexOf(dim as Dim);
    if (typeof dim === "string" && same >= 0) rest.splice(same, 1);
  }
  const product = (dims: readonly Dim[]) =>
    dims.reduce<number>((all, dim) => all * (typeof dim === "number" && dim !== -1 ? dim : 1), 1);
  const missing = product(rest) / product(kept);
  const countable = rest.every((dim) => typeof dim === "number");
  const holds = kept.includes(-1) ? countable && Number.isInteger(missing) : missing === 1;
  if (!holds) throw new RangeError(`Cannot reshape [${shape}] to [${target}]`);
  return kept.map((dim) => dim === -1 ? missing : dim as Dim);
}
