import { AssertionError } from "@std/assert";
import type { Inquiry } from "./claim.ts";
import { plain } from "./evidence.ts";
import { explain, messageOf } from "./explain.ts";
import { cleanUp } from "./lifecycle.ts";
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

/** What came of a run: what is kept, and the error itself, for whoever reads the stack. */
export interface Outcome {
  readonly record: RunRecord;
  readonly error?: unknown;
  /** Whether it took longer than it may, and may be going on still. */
  readonly late: boolean;
}

/** What is told apart of how a run came out. */
type Result = Pick<Outcome, "error"> & Pick<RunRecord, "verdict" | "reason">;

/** How far a run has come. */
interface Progress {
  doing: string;
  evidence: Json;
}

/**
 * Loads, measures and checks once. Never rejects: an AssertionError from the check is "fails" and
 * anything else that is thrown, wherever, is "broken", as is a run that takes longer than it may.
 */
export async function run<M, E>(label: RunLabel, plan: RunPlan<M, E>): Promise<Outcome> {
  const start = performance.now();
  const progress: Progress = { doing: "asking whether it fits", evidence: null };
  let result = await attempt(plan, progress);
  const { evidence } = progress;
  try {
    if (result.verdict !== "not applicable") await within(plan.limit, cleanUp);
  } catch (error) {
    result = broken(error, "cleaning up");
  }
  return outcomeOf(label, result, evidence, (performance.now() - start) / 1000);
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
  if (error instanceof OverTime) {
    return { verdict: "broken", reason: `${doing} ${error.message}`, error };
  }
  // Elsewhere it would pass for a control that came out wrong, whatever the check would have said.
  const hint = error instanceof AssertionError ? " (only check may assert)" : "";
  return { verdict: "broken", reason: `${doing} threw ${explain(error)}${hint}`, error };
}

/** A result as it is kept. */
export function outcomeOf(
  { direction, ...of }: RunLabel,
  { verdict, reason, error }: Result,
  evidence: Json = null,
  seconds = 0,
): Outcome {
  const asExpected = isAsExpected(direction, { role: of.role, verdict });
  const why = reason === undefined ? {} : { reason };
  const record = { ...of, verdict, asExpected, ...why, evidence, seconds };
  return { record, error, late: error instanceof OverTime };
}
