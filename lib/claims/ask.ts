import * as fc from "fast-check";
import memoize from "memoize";
import type { ClaimSpec } from "./claim.ts";
import type { Control } from "./control.ts";
import type { RunRecord } from "./record.ts";
import { broken, isLate, recordRun, run, type RunLabel } from "./run.ts";
import { type Family, isFamily, type Subject, type Target } from "./subject.ts";

/** What the runs of a step have in common. */
type StepLabel = Omit<RunLabel, "model" | "origin">;

/**
 * Asks a claim of whom one likes. All of its runs share one load of a model. After a run that took
 * longer than it may no other is made: it may still be going on, and would be beside them.
 */
export class Asker<M, E> {
  readonly #spec: ClaimSpec<M, E>;
  readonly #load = memoize((subject: Subject<M>) => subject.load(), { cache: new WeakMap() });
  #late: string | undefined;

  constructor(spec: ClaimSpec<M, E>) {
    this.#spec = spec;
  }

  /**
   * Asks each target in turn, a family member by member. Never rejects.
   *
   * @param control What is done to them; nothing (`{}`) to the subjects of the claim.
   * @param name The control's name, where it is one.
   */
  async ask(
    targets: readonly Target<M>[],
    control: Control<M, E>,
    name?: string,
  ): Promise<RunRecord[]> {
    const of: StepLabel = name === undefined
      ? { role: "subject" }
      : { role: "control", control: name };
    const runs: RunRecord[] = [];
    for (const target of targets) {
      if (isFamily(target)) runs.push(...await this.#askFamily(target, control, of));
      else runs.push(await this.#askOne(target, control, of));
    }
    return runs;
  }

  async #askFamily(family: Family<M>, control: Control<M, E>, step: StepLabel) {
    const of = { ...step, family: family.name };
    try {
      return await drawFrom(family, (member) => this.#askOne(member, control, of));
    } catch (error) {
      const label: RunLabel = { model: family.name, origin: "random", ...of };
      const result = broken(error, "drawing from the family");
      return [recordRun(label, this.#spec.direction, result)];
    }
  }

  async #askOne(subject: Subject<M>, control: Control<M, E>, of: StepLabel): Promise<RunRecord> {
    const label: RunLabel = { model: subject.name, origin: subject.origin, ...of };
    if (this.#late !== undefined) {
      const reason = `it was not run, since this claim may still be running on ${this.#late}`;
      const verdict = subject.origin === "yours" ? "not applicable" : "broken";
      return recordRun(label, this.#spec.direction, { verdict, reason });
    }
    const loadedOnce = { ...subject, load: () => this.#load(subject) };
    const made = await run({ spec: this.#spec, subject: loadedOnce, control, label });
    if (isLate(made)) this.#late = subject.name;
    return made;
  }
}

/** Everybody that a target stands for: itself, or the members that are drawn of a family. */
export function membersOf<M>(target: Target<M>): Subject<M>[] {
  if (!isFamily(target)) return [target];
  const { arbitrary, seed, size } = target;
  return fc.sample(arbitrary as fc.Arbitrary<Subject<M>>, { seed, numRuns: size });
}

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
