import * as fc from "fast-check";
import memoize from "memoize";
import { type ClaimSpec, LIMIT, whyUnfit } from "./claim.ts";
import type { Control } from "./control.ts";
import { broken, type Outcome, outcomeOf, run, type RunLabel } from "./run.ts";
import { type Family, isFamily, type Subject, type Target } from "./subject.ts";

/** Asks each target in turn, a family member by member. Never rejects. */
export type Ask<M, E> = (
  targets: readonly Target<M>[],
  /** What is done to them; nothing (`{}`) to the subjects of the claim. */
  control: Control<M, E>,
  /** The control's name, where it is one. */
  name?: string,
) => Promise<Outcome[]>;

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
    const labelOf = ({ name: model, origin }: Labelled, family?: Family<M>): RunLabel => ({
      ...{ model, origin, direction },
      ...name === undefined ? { role: "subject" } : { role: "control", control: name },
      ...family && { family: family.name },
    });
    const askOne = async (subject: Subject<M>, family?: Family<M>): Promise<Outcome> => {
      const label = labelOf(subject, family);
      if (late !== undefined) {
        return outcomeOf(label, { verdict: "broken", reason: NOT_RUN + late });
      }
      const outcome = await run(label, {
        unfit: () => whyUnfit(spec, subject, control),
        load: async () => sabotage ? sabotage.apply(await load(subject)) : await load(subject),
        measure,
        check,
        limit,
      });
      if (outcome.late) late = subject.name;
      return outcome;
    };
    const askAll = (family: Family<M>) =>
      drawFrom(family, (member) => askOne(member, family)).catch((error) => {
        const label = labelOf({ name: family.name, origin: "random" }, family);
        return [outcomeOf(label, broken(error, "drawing from the family"))];
      });
    const outcomes: Outcome[] = [];
    for (const target of targets) {
      outcomes.push(...isFamily(target) ? await askAll(target) : [await askOne(target)]);
    }
    return outcomes;
  };
}

type Labelled = Pick<Subject<unknown>, "name" | "origin">;

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
  askOne: (member: Subject<M>) => Promise<Outcome>,
): Promise<Outcome[]> {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(
      `the family "${name}" must have at least one member, got a size of ${size}`,
    );
  }
  const passed: Outcome[] = [];
  let smallest: Outcome | undefined;
  const property = fc.asyncProperty(arbitrary as fc.Arbitrary<Subject<M>>, async (member) => {
    const outcome = await askOne(member);
    if (outcome.record.asExpected) {
      if (!smallest) passed.push(outcome);
      return true;
    }
    // Another way of going wrong, met while shrinking, would be another finding.
    const same = !smallest || !smallest.late && smallest.record.verdict === outcome.record.verdict;
    if (same) smallest = outcome;
    return !same;
  });
  const details = await fc.check(property, { seed, numRuns: size });
  if (details.failed && !smallest) throw details.errorInstance;
  return smallest ? [...passed, smallest] : passed;
}
