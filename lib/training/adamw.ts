import type { Weights } from "../model/mod.ts";
import { Tensor } from "../tensor/mod.ts";

/** What AdamW is told, apart from the learning rate. */
export interface AdamWSettings {
  /** How much of the running means of gradients and of their squares is kept at each step. */
  readonly betas: readonly [mean: number, square: number];
  /** The share of a matrix, times the learning rate, that it loses at each step. */
  readonly weightDecay: number;
}

/** Keeps the division finite where gradients are zero. */
const EPSILON = 1e-8;

/** Everything that AdamW carries from one step to the next. */
export interface AdamWState {
  /** Steps taken. */
  readonly step: number;
  readonly weights: Weights;
  /** Running means of the gradients, and of their squares. */
  readonly means: Weights;
  readonly squares: Weights;
}

/** The state before the first step. The weights are copied. */
export function startAdamW(weights: Weights): AdamWState {
  const each = (make: (tensor: Tensor) => Tensor) =>
    Object.fromEntries(Object.entries(weights).map(([name, tensor]) => [name, make(tensor)]));
  const zeros = () => each(({ shape }) => Tensor.full(shape));
  return {
    step: 0,
    weights: each(({ data, shape }) => new Tensor(data.slice(), shape)),
    means: zeros(),
    squares: zeros(),
  };
}

/**
 * One step of AdamW (Loshchilov and Hutter, 2017, arXiv:1711.05101, algorithm 2). Weight decay is
 * not part of the gradient; as is usual it follows the learning rate, so the paper's lambda is
 * `rate * weightDecay`. Only matrices and tables decay: biases and LayerNorm weights do not.
 *
 * The numbers inside the state are changed in place; the old state must not be used again.
 *
 * @param scale What to multiply the gradients by first: clipping.
 */
export function stepAdamW(
  state: AdamWState,
  gradients: Weights,
  rate: number,
  { betas, weightDecay }: AdamWSettings,
  scale = 1,
): AdamWState {
  const step = state.step + 1;
  const corrections = betas.map((beta) => 1 - beta ** step);
  for (const [name, { data }] of Object.entries(state.weights)) {
    const decay = decays(name) ? 1 - rate * weightDecay : 1;
    const means = state.means[name].data;
    const squares = state.squares[name].data;
    const gradient = gradients[name].data;
    for (let i = 0; i < data.length; i++) {
      const g = gradient[i] * scale;
      means[i] = betas[0] * means[i] + (1 - betas[0]) * g;
      squares[i] = betas[1] * squares[i] + (1 - betas[1]) * g * g;
      const root = Math.sqrt(squares[i] / corrections[1]);
      data[i] = data[i] * decay - rate * means[i] / corrections[0] / (root + EPSILON);
    }
  }
  return { ...state, step };
}

/** Matrices and tables have names such as `W_Q`; biases `b_Q` or `b`, LayerNorm weights `w`. */
function decays(name: string): boolean {
  return /\.W_\w+$/.test(name);
}
