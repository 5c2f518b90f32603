import * as fc from "fast-check";
import type { Outcome } from "./run.ts";
import type { Family, Subject } from "./subject.ts";

/**
 * Asks members of a family one after another, always the same ones. At the first that does not
 * come out as it must, fast-check looks for a smaller one that goes wrong in the same way; the
 * smallest closes the list, and the larger ones on the way there are left out.
 *
 * Rejects with whatever the family throws while drawing, and if it is to have no member.
 */
export async function runFamily<M>(
  family: Family<M>,
  ask: (member: Subject<M>) => Promise<Outcome>,
): Promise<Outcome[]> {
  const { name, size } = family;
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(
      `the family "${name}" must have at least one member, got a size of ${size}`,
    );
  }
  const passed: Outcome[] = [];
  let smallest: Outcome | undefined;
  const arbitrary = family.arbitrary as fc.Arbitrary<Subject<M>>;
  const property = fc.asyncProperty(arbitrary, async (member) => {
    const outcome = await ask(member);
    if (outcome.record.asExpected) {
      if (!smallest) passed.push(outcome);
      return true;
    }
    // Another way of going wrong, met while shrinking, would be another finding.
    const same = !smallest || smallest.record.verdict === outcome.record.verdict;
    if (same) smallest = outcome;
    return !same;
  });
  const details = await fc.check(property, { seed: family.seed, numRuns: family.size });
  if (details.failed && !smallest) throw details.errorInstance;
  return smallest ? [...passed, smallest] : passed;
}
