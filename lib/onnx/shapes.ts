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

/**
 * The shape of a matrix product whose leading axes broadcast.
 *
 * @throws {RangeError} If either has fewer than two axes or the inner lengths differ.
 */
export function matmulShape(a: Shape, b: Shape): Shape {
  if (a.length < 2 || b.length < 2 || a.at(-1) !== b.at(-2)) {
    throw new RangeError(
      `Cannot multiply [${a}] by [${b}]: the last axis must match the next-to-last`,
    );
  }
  return [...broadcast(a.slice(0, -2), b.slice(0, -2)), a.at(-2)!, b.at(-1)!];
}

/**
 * The shape of the product of rows with a matrix that lies transposed, [n, k].
 *
 * @throws {RangeError} If that is no matrix of counted lengths, or is not as wide as the rows.
 */
export function matmulTransposedShape(a: Shape, b: Shape): Shape {
  const [n, k] = b;
  const counted = b.length === 2 && b.every((dim) => typeof dim === "number");
  if (counted && a.length >= 2 && a.at(-1) === k) return [...a.slice(0, -1), n];
  throw new RangeError(
    `Cannot multiply [${a}] by the transpose of [${b}]: a matrix is required, and that the last ` +
      "axes match",
  );
}

/** How many rows some axes have together: a number, or a name made of theirs, such as "batch*pos". */
export function flatLength(axes: Shape): Dim {
  const counted = axes.every((dim) => typeof dim === "number");
  return counted ? product(axes) : axes.join("*");
}

/**
 * An axis counted from the front, whichever way it was counted.
 *
 * @throws {RangeError} If there is no such axis.
 */
export function fromFront(axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(counted) && counted >= 0 && counted < rank) return counted;
  throw new RangeError(`Cannot use axis ${axis}: the tensor has ${rank} axes`);
}

/**
 * The shape after a reduction over `axes`; reduced axes stay as 1 where `keep`.
 *
 * @throws {RangeError} If there is no such axis, or no axis at all: ONNX would reduce every one.
 */
export function reducedShape(shape: Shape, axes: readonly number[], keep: boolean): Shape {
  if (axes.length === 0) throw new RangeError(`Cannot reduce [${shape}]: name at least one axis`);
  const gone = new Set(axes.map((axis) => fromFront(axis, shape.length)));
  return keep
    ? shape.map((dim, axis) => gone.has(axis) ? 1 : dim)
    : shape.filter((_, axis) => !gone.has(axis));
}

/**
 * The shape after joining along `axis`; `total` names the joined axis where its parts are named.
 *
 * @throws {RangeError} If other axes differ, or the parts are named and the whole is not.
 */
export function concatShape(shapes: readonly Shape[], axis: number, total?: Dim): Shape {
  if (shapes.length === 0) throw new RangeError("Cannot join nothing: name at least one part");
  const [first] = shapes;
  const at = fromFront(axis, first.length);
  const odd = shapes.find((shape) =>
    shape.length !== first.length || shape.some((dim, i) => i !== at && dim !== first[i])
  );
  if (odd) {
    const required = `all axes but ${at} must match`;
    throw new RangeError(`Cannot join [${first}] and [${odd}]: ${required}`);
  }
  return first.with(at, joined(shapes.map((shape) => shape[at]), total));
}

function joined(parts: readonly Dim[], total?: Dim): Dim {
  const counted = parts.filter((part) => typeof part === "number");
  if (counted.length < parts.length) {
    if (typeof total === "string") return total;
    throw new RangeError(`Cannot join [${parts}]: name the joined axis`);
  }
  return counted.reduce((sum, part) => sum + part, 0);
}

/**
 * The shape after a cut from `start` to `end` (not included) along one axis. Whether a named axis
 * is long enough cannot be known here.
 *
 * @throws {RangeError} If the cut is none or reaches past the end of a counted axis.
 */
export function slicedShape(shape: Shape, axis: number, start: number, end: number): Shape {
  const at = fromFront(axis, shape.length);
  const dim = shape[at];
  const whole = [start, end].every((i) => Number.isSafeInteger(i) && i >= 0);
  if (whole && start <= end && (typeof dim === "string" || end <= dim)) {
    return shape.with(at, end - start);
  }
  throw new RangeError(`Cannot cut [${shape}] along axis ${at}: no part from ${start} to ${end}`);
}

/**
 * The shape after a reshape in ONNX's terms, where 0 keeps an axis and -1 is what is left over.
 *
 * @throws {RangeError} If the sizes cannot agree, or a named axis is not kept.
 */
export function reshapedShape(shape: Shape, target: readonly number[]): Shape {
  const kept = target.map((dim, axis) => dim === 0 ? shape[axis] : dim);
  const named = (dims: readonly unknown[]) => dims.filter((dim) => typeof dim === "string");
  const missing = product(shape) / product(kept.filter((dim) => dim !== -1));
  const open = kept.filter((dim) => dim === -1).length;
  const holds = kept.every((dim) => dim !== undefined) &&
    target.every((dim) => Number.isSafeInteger(dim) && dim >= -1) &&
    String(named(kept)) === String(named(shape)) &&
    (open === 0 ? missing === 1 : open === 1 && Number.isInteger(missing));
  if (!holds) throw new RangeError(`Cannot reshape [${shape}] to [${target}]`);
  return kept.map((dim) => dim === -1 ? missing : dim);
}

/** How many numbers the counted axes hold. */
function product(dims: Shape): number {
  return dims.reduce<number>((all, dim) => typeof dim === "number" ? all * dim : all, 1);
}
