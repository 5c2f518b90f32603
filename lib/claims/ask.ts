import * as fc from "fast-check";
import memoize from "memoize";
import { type ClaimSpec, LIMIT, whyUnfit } from "./claim.ts";
import type { Control } from "./control.ts";
import type { RunRecord } from "./record.ts";
import { broken, isLate, recordRun, run, type RunLabel } from "./run.ts";
import { type Family, isFamily, type Subject, type Target } from "./subject.ts";

/** Asks each target in turn, a family member by member. Never rejects. */
export type Ask<M, E> = (
  targets: readonly Target<M>[],
  /** What is done to them; nothing (`{}`) to the subjects of the claim. */
  control: Control<M, E>,
  /** The control's name, where it is one. */
  name?: string,
) => Promise<RunRecord[]>;

/**
 * Asks a claim of whom one likes. All of its runs share one load of a model. After a run that took
 * longer than it may no other is made: it may still be going on, and would be beside them.
 */
export function asker<M, E>(spec: ClaimSpec<M, E>): Ask<M, E> {
  const { direction, check, limit = LIMIT } = spec;
  const load = memoize((subject: Subject<M>) => subject.load(), { cache: new WeakMap() });
  let late: string | undefined;

  return async (targets, control, name) => {
    const { sabotage, measure = spec.measure } = control;
    const part = name === undefined
      ? { role: "subject" as const }
      : { role: "control" as const, control: name };
    const askOne = async (
      subject: Subject<M>,
      of: { family?: string } = {},
    ): Promise<RunRecord> => {
      const { name: model, origin } = subject;
      const label: RunLabel = { model, origin, direction, ...part, ...of };
      if (late !== undefined) {
        return recordRun(label, { verdict: "broken", reason: NOT_RUN + late });
      }
      const made = await run(label, {
        unfit: () => whyUnfit(spec, subject, control),
        load: async () => sabotage ? sabotage.apply(await load(subject)) : await load(subject),
        measure,
        check,
        limit,
      });
      if (isLate(made)) late = model;
      return made;
    };
    const askAll = async (family: Family<M>): Promise<RunRecord[]> => {
      const of = { family: family.name };
      try {
        return await drawFrom(family, (member) => askOne(member, of));
      } catch (error) {
        const label: RunLabel = { model: family.name, origin: "random", direction, ...part, ...of };
        return [recordRun(label, broken(error, "drawing from the family"))];
      }
    };
    const runs: RunRecord[] = [];
    for (const target of targets) {
      runs.push(...isFamily(target) ? await askAll(target) : [await askOne(target)]);
    }
    return runs;
  };
}

const NOT_RUN = "it was not run, since this claim may still be running on ";

/**
 * Asks members of a family one after another, always the same ones. At the first that does not
 * come out as it must, fast-check looks for a smaller one that goes wrong in the same way; the
 * smallest closes the list, and the larger ones on the way there are left out.
 *
 * Rejects with whatever the family throws while drawing, and if it is to have no member.
 */
async function drawFrom<M>(
  { name, size, seed, arbitrary }: Family<M>,
  ask: (member: Subject<M>) => Promise<RunRecord>,
): Promise<RunRecord[]> {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(
      `the family "${name}" must have at least one member, got a size of ${size}`,
    );
  }
  const passed: RunRecord[] = [];
  let smallest: RunRecord | undefined;
  const property = fc.asyncProperty(arbitrary as fc.Arbitrary<Subject<M>>, async (member) => {
    const made = await ask(member);
    if (made.asExpected) {
      if (!smallest) passed.push(made);
      return true;
    }
    // Another way of going wrong, met while shrinking, would be another finding.
    const same = !smallest || smallest.verdict === made.verdict && !isLate(smallest);
    if (same) smallest = made;
    return !same;
  });
  const details = await fc.check(property, { seed, numRuns: size });
  if (details.failed && !smallest) throw details.errorInstance;
  return smallest ? [...passed, smallest] : passed;
}
