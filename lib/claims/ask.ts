import type { ClaimSpec } from "./claim.ts";
import { broken, type Outcome, outcome, type Part, run, type Trial } from "./run.ts";
import { runFamily } from "./run_family.ts";
import { type Family, isFamily, type Subject, type Target } from "./subject.ts";

/** What differs between the runs of a claim; the rest of a trial comes from the claim itself. */
export type Asked<M, E> =
  & Pick<Trial<M, E>, "expected" | "load" | "unfit">
  & Partial<Pick<Trial<M, E>, "measure">>;

/** Asks a claim of each target in turn, a family member by member. Never rejects. */
export async function ask<M, E>(
  spec: ClaimSpec<M, E>,
  targets: readonly Target<M>[],
  part: Part,
  asked: (subject: Subject<M>) => Asked<M, E>,
): Promise<Outcome[]> {
  const askOne = (subject: Subject<M>, of = part) => {
    const { measure = spec.measure, ...rest } = asked(subject);
    return run({ subject, part: of, check: spec.check, measure, ...rest });
  };
  const outcomes: Outcome[] = [];
  for (const target of targets) {
    if (isFamily(target)) outcomes.push(...await askFamily(target, part, askOne));
    else outcomes.push(await askOne(target));
  }
  return outcomes;
}

async function askFamily<M>(
  family: Family<M>,
  part: Part,
  askOne: (member: Subject<M>, of: Part) => Promise<Outcome>,
): Promise<Outcome[]> {
  const of = { ...part, family: family.name };
  try {
    return await runFamily(family, (member) => askOne(member, of));
  } catch (error) {
    const subject = { name: family.name, origin: "random" } as const;
    const finding = broken(error, "drawing from the family");
    return [outcome({ subject, part: of, expected: "holds" }, finding)];
  }
}
