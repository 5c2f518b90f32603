import { AssertionError } from "@std/assert";
import type { Inquiry } from "./claim.ts";
import { plain } from "./evidence.ts";
import { explain, messageOf } from "./explain.ts";
import type { ClaimRecord, Json, RunRecord } from "./record.ts";
import { OverTime, within } from "./time_limit.ts";
import { isAsExpected } from "./verdict.ts";

/** What a run is of: known before it is made. */
export type RunLabel =
  & Pick<RunRecord, "model" | "origin" | "role" | "control" | "family">
  & Pick<ClaimRecord, "direction">;

/** What one run does, in this order. */
export interface RunPlan<M, E> extends Pick<Inquiry<M, E>, "measure" | "check"> {
  /** Why it does not apply, or undefined where it does; where it does not, nothing is loaded. */
  readonly unfit: () => string | undefined;
  readonly load: () => Promise<M>;
  /** How many seconds it may take. */
  readonly limit: number;
}

/** How a run came out, and the error, if that was one. */
type Result = Pick<RunRecord, "verdict" | "reason"> & { readonly error?: unknown };

/** How far a run has come. */
interface Progress {
  doing: string;
  evidence: Json;
}

const cleanups = new Set<() => void | Promise<void>>();

/**
 * Has `cleanup` called after every run of every claim, also where the run threw. For what a
 * `measure` leaves behind, such as sessions of a runtime, which this folder knows nothing about.
 */
export function afterEachRun(cleanup: () => void | Promise<void>): void {
  cleanups.add(cleanup);
}

async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups) await cleanup();
}

/**
 * Loads, measures and checks once. Never rejects: an AssertionError from the check is "fails" and
 * anything else that is thrown, wherever, is "broken", as is a run that takes longer than it may.
 */
export async function run<M, E>(label: RunLabel, plan: RunPlan<M, E>): Promise<RunRecord> {
  const start = performance.now();
  const progress: Progress = { doing: "asking whether it fits", evidence: null };
  let result = await attempt(plan, progress);
  const { evidence } = progress;
  try {
    if (result.verdict !== "not applicable") await within(plan.limit, cleanUp);
  } catch (error) {
    result = broken(error, "cleaning up");
  }
  return recordRun(label, result, evidence, (performance.now() - start) / 1000);
}

async function attempt<M, E>(plan: RunPlan<M, E>, progress: Progress): Promise<Result> {
  try {
    const reason = plan.unfit();
    if (reason !== undefined) return { verdict: "not applicable", reason };
    await within(plan.limit, () => measureAndCheck(plan, progress));
    return { verdict: "holds" };
  } catch (error) {
    const asserted = error instanceof AssertionError && progress.doing === "checking";
    if (asserted) return { verdict: "fails", reason: messageOf(error), error };
    return broken(error, progress.doing);
  }
}

async function measureAndCheck<M, E>(
  { load, measure, check }: RunPlan<M, E>,
  progress: Progress,
): Promise<void> {
  progress.doing = "loading";
  const model = await load();
  progress.doing = "measuring";
  const measured = await measure(model);
  progress.evidence = plain(measured);
  progress.doing = "checking";
  await check(measured);
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
  { direction, ...of }: RunLabel,
  { verdict, reason, error }: Result,
  evidence: Json = null,
  seconds = 0,
): RunRecord {
  const asExpected = isAsExpected(direction, { role: of.role, verdict });
  const why = reason === undefined ? {} : { reason };
  const record = { ...of, verdict, asExpected, ...why, evidence, seconds };
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
