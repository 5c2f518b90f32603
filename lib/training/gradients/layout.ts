import { sizeOf, Tensor } from "../../tensor/mod.ts";
import type { Value } from "../../onnx/graph.ts";
import { fromFront } from "../../onnx/shapes.ts";
import { type Backward, dims, integersOf, reshapeTo, type Rule, sumTo } from "./rule.ts";

/** Rules of the operations that only move numbers about. */
export const LAYOUT: Readonly<Record<string, Rule>> = {
  Transpose: ({ g, attributes, grad }) => {
    const perm = attributes.perm as number[];
    return [() => g.transpose(grad, ...perm.map((_, axis) => perm.indexOf(axis)))];
  },
  Reshape: reshaped,
  Unsqueeze: reshaped,
  Expand: ({ g, inputs: [x], grad }) => [() => sumTo(g, grad, dims(x))],
  Concat: joined,
  Slice: sliced,
  Gather: gathered,
  GatherElements: picked,
};

function reshaped({ g, inputs: [x], grad }: Backward): (() => Value)[] {
  return [() => reshapeTo(g, grad, dims(x))];
}

/** Each part takes back its own piece. */
function joined({ g, inputs, attributes, grad }: Backward): (() => Value)[] {
  const axis = fromFront(attributes.axis as number, grad.shape.length);
  let end = 0;
  return inputs.map((part) => {
    const start = end;
    end += dims(part)[axis];
    const stop = end;
    return () => g.slice(grad, axis, start, stop);
  });
}

/** What was cut away gets zeros. */
function sliced({ g, inputs: [x, ...bounds], grad }: Backward): (() => Value)[] {
  const [[start], [end], [axis]] = bounds.map((bound) => integersOf(g, bound));
  const zeros = (length: number) =>
    g.constant(Tensor.full(dims(x).map((dim, i) => i === axis ? length : dim)));
  const before = () => start > 0 ? [zeros(start)] : [];
  const after = () => end < dims(x)[axis] ? [zeros(dims(x)[axis] - end)] : [];
  return [() => g.concat([...before(), grad, ...after()], axis)];
}

/** Every row of the table gets the sum over the places where it was looked up. */
function gathered({ g, inputs: [table, index], grad }: Backward): (() => Value)[] {
  const [rows, ...rest] = dims(table);
  const places = sizeOf(dims(index));
  return [() => {
    const at = reshapeTo(g, index, [places, 1]);
    const updates = reshapeTo(g, grad, [places, ...rest]);
    const zeros = g.constant(Tensor.full([rows, ...rest]));
    return g.op("ScatterND", [zeros, at, updates], [rows, ...rest], { reduction: "add" });
  }];
}

/** The one number picked from each row gets the gradient, the others zero. */
function picked({ g, inputs: [x, index], attributes, grad }: Backward): (() => Value)[] {
  const zeros = () => g.constant(Tensor.full(dims(x)));
  return [() =>
    g.op("ScatterElements", [zeros(), index, grad], x.shape, {
      axis: attributes.axis as number,
      reduction: "add",
    })];
}
