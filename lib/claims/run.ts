import { AssertionError } from "@std/assert";
import { assertBounds } from "./bound.ts";
import { type ClaimSpec, LIMIT, whyUnfit } from "./claim.ts";
import type { Control } from "./control.ts";
import { Unfit } from "../model/unfit.ts";
import { NothingToBreak } from "./every_model.ts";
import { plain } from "./evidence.ts";
import { assertedBy, explain } from "./explain.ts";
import type { ClaimRecord, Json, RunRecord } from "./record.ts";
import type { Subject } from "./subject.ts";
import { OverTime, within } from "./time_limit.ts";
import { isAsExpected } from "./verdict.ts";

/** Whom a run is made for, as its record says it. */
export type RunLabel = Pick<RunRecord, "model" | "origin" | "role" | "control" | "family">;

/** A claim, put to a subject. */
export interface Asked<M, E> {
  readonly spec: ClaimSpec<M, E>;
  readonly subject: Subject<M>;
  /** What is done to it and how it is measured; nothing (`{}`) of a subject of the claim. */
  readonly control: Control<M, E>;
  readonly label: RunLabel;
}

/** How a run came out, and the error, if that was one. */
type Result = Pick<RunRecord, "verdict" | "reason"> & { readonly error?: unknown };

/** How far a run has come. */
interface Progress {
  doing: string;
  evidence: Json;
}

/**
 * Loads, measures and checks once. Never rejects: an AssertionError from the check is "fails" and
 * anything else that is thrown, wherever, is "broken", as is a run that takes longer than it may.
 */
export async function run<M, E>(asked: Asked<M, E>): Promise<RunRecord> {
  const { label, spec: { direction } } = asked;
  const start = performance.now();
  const progress: Progress = { doing: "asking whether it fits", evidence: null };
  const result = await attempt(asked, progress);
  const seconds = (performance.now() - start) / 1000;
  return recordRun(label, direction, result, progress.evidence, seconds);
}

async function attempt<M, E>(asked: Asked<M, E>, progress: Progress): Promise<Result> {
  const { spec, subject, control } = asked;
  try {
    const reason = whyUnfit(spec, subject, control);
    if (reason !== undefined) return { verdict: "not applicable", reason };
    await within(spec.limit ?? LIMIT, () => measureAndCheck(asked, progress));
    return { verdict: "holds" };
  } catch (error) {
    if (error instanceof NothingToBreak || isWanting(error, subject)) {
      return { verdict: "not applicable", reason: (error as Error).message };
    }
    const asserted = error instanceof AssertionError && progress.doing === "checking";
    if (asserted) return { verdict: "fails", reason: assertedBy(error), error };
    const result = broken(error, progress.doing);
    return isLeftOut(error, subject) ? { ...result, verdict: "not applicable" } : result;
  }
}

/** Whether a reader's own model was too large for the time there was, which is no fault of a check. */
function isLeftOut(error: unknown, { origin }: Pick<Subject<unknown>, "origin">): boolean {
  return origin === "yours" && error instanceof OverTime;
}

/** Whether a reader's own model lacks something; who asks ours is to know what they have. */
function isWanting(error: unknown, { origin }: Pick<Subject<unknown>, "origin">): boolean {
  return origin === "yours" && error instanceof Unfit;
}

async function measureAndCheck<M, E>(
  { spec, subject, control: { sabotage, measure = spec.measure } }: Asked<M, E>,
  progress: Progress,
): Promise<void> {
  progress.doing = "loading";
  const sound = await subject.load();
  const model = sabotage ? sabotage.apply(sound) : sound;
  progress.doing = "measuring";
  const measured = await measure(model);
  progress.evidence = plain(measured);
  progress.doing = "checking";
  assertBounds(spec.bounds, measured);
  await spec.check?.(measured);
}

/** The result of what was thrown while `doing` something. */
export function broken(error: unknown, doing: string): Result {
  // Elsewhere it would pass for a control that came out wrong, whatever the check would have said.
  const hint = error instanceof AssertionError ? " (only check may assert)" : "";
  const reason = error instanceof OverTime
    ? `it ${error.message}, and was ${doing}`
    : `${doing} threw ${explain(error)}${hint}`;
  return { verdict: "broken", reason, error };
}

const errors = new WeakMap<RunRecord, unknown>();

/** A run as it is kept. */
export function recordRun(
  label: RunLabel,
  direction: ClaimRecord["direction"],
  { verdict, reason, error }: Result,
  evidence: Json = null,
  seconds = 0,
): RunRecord {
  const asExpected = isAsExpected(direction, { role: label.role, verdict });
  const why = reason === undefined ? {} : { reason };
  const record = { ...label, verdict, asExpected, ...why, evidence, seconds };
  errors.set(record, error);
  return record;
}

/** What was thrown in a run that was just made, for whoever reads the stack. */
export function errorOf(run: RunRecord): unknown {
  return errors.get(run);
}

/** Whether a run took longer than it may, and may be going on still. */
export function isLate(run: RunRecord): boolean {
  return errorOf(run) instanceof OverTime;
}
