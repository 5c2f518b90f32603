import { AssertionError } from "@std/assert";
import { explain, messageOf } from "./explain.ts";
import { plain } from "./evidence.ts";
import { cleanUp } from "./lifecycle.ts";
import type { Json, RunRecord } from "./record.ts";
import type { Subject } from "./subject.ts";

/** What a run is of, as its record says it. */
export type Part = Pick<RunRecord, "role" | "control" | "family">;

/** One run to be made: a subject, what is done to it, and how it should come out. */
export interface Trial<M, E> {
  readonly subject: Pick<Subject<M>, "name" | "origin">;
  readonly part: Part;
  readonly expected: "holds" | "fails";
  /** Why it does not apply, or undefined where it does; where it does not, nothing is loaded. */
  readonly unfit: () => string | undefined;
  readonly load: () => Promise<M>;
  readonly measure: (model: M) => E | Promise<E>;
  readonly check: (evidence: E) => void | Promise<void>;
}

/** What is kept of a run, and the error itself, for whoever reads the stack. */
export interface Outcome {
  readonly record: RunRecord;
  readonly error?: unknown;
}

/**
 * Loads, measures and checks once. Never rejects: an AssertionError from the check is "fails" and
 * anything else that is thrown, wherever, is "broken".
 */
export async function run<M, E>(trial: Trial<M, E>): Promise<Outcome> {
  const start = performance.now();
  let finding: Finding = await attempt(trial);
  try {
    if (finding.verdict !== "not applicable") await cleanUp();
  } catch (error) {
    finding = { ...finding, ...broken(error, "cleaning up") };
  }
  return outcome(trial, finding, (performance.now() - start) / 1000);
}

/** What came of a run. */
export interface Finding {
  readonly verdict: RunRecord["verdict"];
  readonly reason?: string;
  readonly evidence?: Json;
  readonly error?: unknown;
}

async function attempt<M, E>(trial: Trial<M, E>): Promise<Finding> {
  let doing = "asking whether it fits";
  let evidence: Json | undefined;
  try {
    const reason = trial.unfit();
    if (reason !== undefined) return { verdict: "not applicable", reason };
    doing = "loading";
    const model = await trial.load();
    doing = "measuring";
    const measured = await trial.measure(model);
    evidence = plain(measured);
    doing = "checking";
    await trial.check(measured);
    return { verdict: "holds", evidence };
  } catch (error) {
    const asserted = error instanceof AssertionError && doing === "checking";
    if (asserted) return { verdict: "fails", reason: messageOf(error), evidence, error };
    return { ...broken(error, doing), evidence };
  }
}

/** The finding for what was thrown while `doing` something. */
export function broken(error: unknown, doing: string): Finding {
  // Elsewhere it would pass for a control that came out wrong, whatever the check would have said.
  const hint = error instanceof AssertionError ? " (only check may assert)" : "";
  return { verdict: "broken", reason: `${doing} threw ${explain(error)}${hint}`, error };
}

/** A finding as it is kept. */
export function outcome(
  { subject, part, expected }: Pick<Trial<unknown, unknown>, "subject" | "part" | "expected">,
  { verdict, reason, evidence = null, error }: Finding,
  seconds = 0,
): Outcome {
  const asExpected = verdict === expected || verdict === "not applicable";
  const why = reason === undefined ? {} : { reason };
  const { name: model, origin } = subject;
  return {
    record: { model, origin, ...part, verdict, asExpected, ...why, evidence, seconds },
    error,
  };
}
