import type { Bounds } from "./bound.ts";
import type { Config } from "../model/config.ts";
import { allOf } from "../model/needs.ts";
import type { Show } from "./pictures/plots.ts";
import type { Units } from "./prose/handle.ts";
import type { Control, ControlInput } from "./control.ts";
import type { Kind, Reach, Source } from "./record.ts";
import type { Subject, Target } from "./subject.ts";

/** How a claim is measured, checked and shown; what `claim` and `refuted` have in common. */
export interface Inquiry<M, E> {
  /** Unique in the file, kebab-case. */
  readonly id: string;
  /** Which of the three kinds it is. */
  readonly kind: Kind;
  /** Whom it is about. */
  readonly on: readonly Target<M>[];
  /** Why a model is none that this can be asked of ("it has no MLP"); undefined where it can. */
  readonly needs?: (config: Config) => string | undefined;
  /** Measures. Returns plain data: this very object is checked, kept and shown. */
  readonly measure: (model: M) => E | Promise<E>;
  /**
   * Where numbers of the evidence must lie, said once: it is asserted before the check, and drawn
   * beside what was measured. A claim has bounds, a check, or both.
   */
  readonly bounds?: Bounds<NoInfer<E>>;
  /** Asserts, with `@std/assert`, on what was measured and is shown; the model is out of its reach. */
  readonly check?: (evidence: NoInfer<E>) => void | Promise<void>;
  /** How many seconds one run may take before it is broken; a minute unless told. */
  readonly limit?: number;
  /** How the numbers at fields of the evidence are written: digits and units, said once. */
  readonly units?: Units<NoInfer<E>>;
  /** Who reports the same of large models, where somebody does. */
  readonly atScale?: readonly Source[];
  /** Pictures of what was measured on all runs. */
  readonly show?: Show<NoInfer<E>>;
}

/** How many seconds a run may take unless its claim says so: ten times what the slowest takes. */
export const LIMIT = 60;

/** Controls by the name that the report gives them. */
export type Controls<M, E> = Readonly<Record<string, ControlInput<NoInfer<M>, NoInfer<E>>>>;

/** A claim: holds on every subject, and fails on every control. */
export interface ClaimInput<M, E> extends Inquiry<M, E> {
  /** On what its check must fail. */
  readonly mustFailOn: Controls<M, E>;
}

/** A wrong belief: fails on every subject, and holds on every control. */
export interface RefutedInput<M, E> extends Inquiry<M, E> {
  /** On what its check must hold, which shows that the probe could have said yes. */
  readonly mustHoldOn: Controls<M, E>;
}

/** A claim or a refuted belief, ready to be planned. */
export interface ClaimSpec<M, E> extends Inquiry<M, E> {
  /** In words. */
  readonly statement: string;
  /** Which way it points. */
  readonly direction: "claim" | "refuted";
  /** What it must be told apart from. */
  readonly controls: Controls<M, E>;
}

/** Why a run does not apply to a subject: what the claim needs of it, or a sabotage. */
export function whyUnfit<M, E>(
  { needs }: ClaimSpec<M, E>,
  { config }: Subject<M>,
  control: Control<M, E> = {},
): string | undefined {
  const asked = control.needs === false ? [] : [needs, control.needs].filter((need) => !!need);
  if (!config) return asked.length > 0 ? "it has no config to judge it by" : undefined;
  return allOf(...asked)(config) ?? control.sabotage?.unfit(config);
}

/** How far a claim goes, by its kind and by what is reported elsewhere. */
export function reachOf<M, E>({ kind, atScale = [] }: ClaimSpec<M, E>): Reach {
  if (kind !== "empirical") return "any weights";
  return atScale.length > 0 ? "reported at scale" : "these models";
}
