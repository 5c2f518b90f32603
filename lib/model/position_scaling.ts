/** How rotary positions are slowed for texts longer than those that a model was first trained on. */
import { type Check, type Fault, faultIn, oneOf, positive, whole } from "./checks.ts";

/**
 * Slow waves are stretched by `factor`, fast ones stay, and between them it is mixed. Llama 3.1
 * tells them by how often they turn in `original_n_ctx` positions: slow is less than
 * `low_freq_factor`, fast is more than `high_freq_factor` (Grattafiori et al., 2024).
 */
export interface Llama3Scaling {
  /** Which of the scalings it is. */
  readonly type: "llama3";
  /** How much longer slow waves become. */
  readonly factor: number;
  /** What turns less often than this in the window is slow. */
  readonly low_freq_factor: number;
  /** What turns more often than this is fast. */
  readonly high_freq_factor: number;
  /** The window before it was stretched. */
  readonly original_n_ctx: number;
}

/**
 * YaRN (Peng et al., 2023, arXiv:2309.00071) tells them alike: slow is `beta_slow` turns, fast is
 * `beta_fast`, counted in pairs of coordinates; and it makes queries and keys longer by
 * `attention_factor`, 0.1 ln(factor) + 1 in the paper.
 */
export interface YarnScaling {
  /** Which of the scalings it is. */
  readonly type: "yarn";
  /** How much longer slow waves become. */
  readonly factor: number;
  /** How often the slowest of the fast pairs turns in the window. */
  readonly beta_fast: number;
  /** How often the fastest of the slow pairs turns in it. */
  readonly beta_slow: number;
  /** By how much queries and keys grow, each. */
  readonly attention_factor: number;
  /** The window before it was stretched. */
  readonly original_n_ctx: number;
}

/**
 * The scalings in use. The same for all waves is `position_step`. What depends on the length of the
 * whole text ("dynamic") is left out: there a text's beginning would change as it grows.
 */
export type PositionScaling = Llama3Scaling | YarnScaling;

const common = { factor: positive, original_n_ctx: whole(1) };
const FIELDS: Readonly<Record<PositionScaling["type"], Readonly<Record<string, Check>>>> = {
  llama3: { ...common, low_freq_factor: positive, high_freq_factor: positive },
  yarn: { ...common, beta_fast: positive, beta_slow: positive, attention_factor: positive },
};

const TYPES = Object.keys(FIELDS);

/** Whether a value can be a scaling at all; {@linkcode scalingFault} looks into it. */
export const isScaling: Check = [
  (value) => value === null || (typeof value === "object" && "type" in value!),
  "null or a scaling with its type",
];

/** What is wrong with a scaling, or with its place, if anything. */
export function scalingFault(
  { position_scaling: scaling, positions, position_base }: {
    readonly position_scaling: PositionScaling | null;
    readonly positions: string;
    readonly position_base: number;
  },
): Fault | undefined {
  if (!scaling) return;
  const { type, ...numbers } = scaling;
  if (!TYPES.includes(type)) return ["position_scaling.type", oneOf(...TYPES)[1], type];
  const fault = faultIn({ ...numbers }, FIELDS[type]);
  if (fault) return [`position_scaling.${fault[0]}`.replace(".a field", ""), fault[1], fault[2]];
  if (positions !== "rotary") {
    return ["positions", "rotary, because position_scaling slows only these", positions];
  }
  return orderFault(scaling) ??
    (type === "yarn" && position_base <= 1
      ? ["position_base", "above 1 where YaRN counts turns by it", position_base]
      : undefined);
}

function orderFault(scaling: PositionScaling): Fault | undefined {
  const [more, less] = scaling.type === "llama3"
    ? ["high_freq_factor", "low_freq_factor"] as const
    : ["beta_fast", "beta_slow"] as const;
  const of = scaling as unknown as Record<string, number>;
  if (of[more] > of[less]) return;
  return [`position_scaling.${more}`, `above ${less}, ${of[less]}`, of[more]];
}
