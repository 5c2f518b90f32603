/**
 * A claim, asked of a reader's own model. Where a claim is about single transformers, that model
 * stands in their place: changed as they are (a sabotage, weights from before training), and once
 * where several would come to the same. An identity is asked of it in the place of models that are
 * wired as it is, since others may be given what it was not; whatever else was measured on our
 * models is asked of any that the claim's `needs` fit. A control stands there likewise, and is left
 * out where nothing is done to it: then it was about other models than these.
 */
import type { Config } from "../model/config.ts";
import type { Model } from "../model/model.ts";
import { atLeast, like } from "../model/needs.ts";
import type { ClaimSpec } from "./claim.ts";
import { type Control, controlsOf } from "./control.ts";
import { everyModel } from "./every_model.ts";
import type { ClaimRecord, Kind, RunRecord } from "./record.ts";
import { inThePlaceOf, isFamily, type Subject, type Target } from "./subject.ts";
import { isAsExpected, judgeRun } from "./verdict.ts";

/** What came of a claim, asked of a reader's own model. */
export interface YoursRecord {
  /** The claim's. */
  readonly id: string;
  /** The claim's: one that is no identity may well be otherwise of another model. */
  readonly kind: Kind;
  /** Whether the model is as the claim says; `broken` where that could not be found out. */
  readonly outcome: "agrees" | "does not" | "not applicable" | "broken";
  /** Why not, or why it cannot be asked. */
  readonly reason?: string;
  /** The changes that were made to the model, and could not be told from it. */
  readonly unnoticed: readonly string[];
  /** Every run, the model's own first. */
  readonly runs: readonly RunRecord[];
}

/**
 * What hardly any claim can do without: some tokens, room for several of them, and a stream in which
 * LayerNorm leaves something: of one number it leaves nothing, of two which is the larger.
 */
const LEAST = atLeast({ n_ctx: 8, d_vocab: 3, d_model: 3 });

/** Why a construction need not come out of another model. */
const BUILT = "it shows that something can be so, by a model that was made to show it; " +
  "made of this one, it does not";

/** The claim with a reader's own model in the place of all that it asks, or why that cannot be. */
export function withYours<M, E>(
  spec: ClaimSpec<M, E>,
  yours: Subject<Model>,
): ClaimSpec<M, E> | string {
  const small = LEAST(yours.config!);
  if (small !== undefined) return small;
  const stands = spec.on.map((target) =>
    (spec.kind === "identity" && unlike(target, yours.config!)) || inThePlaceOf(target, yours)
  );
  const on = eachOnce(stands);
  if (on.length === 0) return [...new Set(stands as string[])].join("; ");
  const controls = controlsOf(spec.controls).flatMap(([name, control]) => {
    const own = controlOn(control, on, yours);
    return own ? [[name, own] as const] : [];
  });
  return { ...spec, on, controls: Object.fromEntries(controls), show: undefined };
}

/** The control of a claim that is asked of `on`; nothing where it would be the claim itself. */
function controlOn<M, E>(
  { on, sabotage, ...control }: Control<M, E>,
  asked: readonly Subject<M>[],
  yours: Subject<Model>,
): Control<M, E> | undefined {
  const stands = on ? eachOnce(on.map((target) => ofControl(target, yours))) : asked;
  // Who was chosen for what he lacks has no stand-in among those who lack nothing.
  const changed = sabotage || control.measure && control.needs !== false;
  const others = changed ? stands : stands.filter(({ name }) => !asked.some(sameName(name)));
  if (others.length === 0) return undefined;
  return { ...control, on: others, ...sabotage && { sabotage: everyModel<M>(sabotage as never) } };
}

/** A trained model that a control chose was chosen for how it is wired. */
function ofControl<M>(target: Target<M>, yours: Subject<Model>): Subject<M> | string {
  const chosen = !isFamily(target) && target.origin === "trained";
  return (chosen && unlike(target, yours.config!)) || inThePlaceOf(target, yours);
}

function sameName(name: string): (other: { readonly name: string }) => boolean {
  return (other) => other.name === name;
}

/** Without those that cannot stand there, each once. */
function eachOnce<M>(stands: readonly (Subject<M> | string)[]): Subject<M>[] {
  const there = stands.filter((stand) => typeof stand !== "string");
  return there.filter(({ name }, i) => there.findIndex(sameName(name)) === i);
}

/** Why what is so of a model because of how it is wired need not be so of another. */
function unlike<M>(target: Target<M>, config: Config): string | undefined {
  if (isFamily(target) || !target.config || target.origin === "random") return undefined;
  const { positions, causal, attn_only, normalization, query_key } = target.config;
  return like({
    positions: [positions],
    causal: [causal],
    attn_only: [attn_only],
    normalization: [normalization],
    query_key: [query_key],
  })(config);
}

/** What the runs of a claim on a reader's own model, and on its twins, come to. */
export function outcomeOf(
  { id, direction, kind }: Pick<ClaimRecord, "id" | "direction" | "kind">,
  runs: readonly RunRecord[],
): YoursRecord {
  const ran = runs.filter(({ verdict }) => verdict !== "not applicable");
  const own = ran.filter(({ role }) => role === "subject");
  const twins = ran.filter(({ role }) => role === "control");
  const unnoticed = twins.filter((run) => !isAsExpected(direction, run))
    .map(({ control }) => control!);
  const rest = { id, kind, unnoticed: [...new Set(unnoticed)], runs };
  const broken = ran.find(({ verdict }) => verdict === "broken");
  if (broken) return { ...rest, outcome: "broken", reason: judgeRun(broken).reason };
  if (own.length === 0) {
    const reasons = new Set(runs.filter(({ role }) => role === "subject").map((r) => r.reason));
    return { ...rest, outcome: "not applicable", reason: [...reasons].join("; ") };
  }
  const other = own.find((run) => !isAsExpected(direction, run));
  if (!other) return { ...rest, outcome: "agrees" };
  if (kind === "construction") return { ...rest, outcome: "not applicable", reason: BUILT };
  return { ...rest, outcome: "does not", reason: judgeRun(other).reason };
}
