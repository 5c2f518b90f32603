/**
 * Few of those whom a claim asks, for whoever asks it many times over: a matrix of all claims and
 * all sabotages is thousands of runs.
 */
import { membersOf } from "./ask.ts";
import { type ClaimSpec, whyUnfit } from "./claim.ts";
import type { Control } from "./control.ts";
import type { RunRecord } from "./record.ts";
import { isFamily, type Subject } from "./subject.ts";

/** How many members of a family are looked at for one that fits. */
const LOOKED_AT = 12;

/**
 * One subject that fits, and of the random ones that an identity is asked of two: one built as GPT-2
 * is and one as Llamas are, as far as both fit. Models that were made for a claim come before
 * trained ones. Nobody where nothing fits.
 */
export function fewOf<M, E>(spec: ClaimSpec<M, E>, done: Control<M, E>): Subject<M>[] {
  const fits = (subject: Subject<M>) => whyUnfit(spec, subject, done) === undefined;
  const each = spec.on.flatMap((target) => {
    const looked = membersOf(isFamily(target) ? { ...target, size: LOOKED_AT } : target);
    return looked.find(fits) ?? [];
  });
  const [one = each[0], ...others] = each.filter(({ origin }) => origin !== "trained");
  const llama = others.find(({ config }) => config?.positions === "rotary");
  return [one, llama].filter((subject) => subject !== undefined);
}

/** Whether a run tells that its model is broken: it came out otherwise than that of a sound one. */
export function notices(
  { verdict, asExpected }: Pick<RunRecord, "verdict" | "asExpected">,
): boolean {
  return verdict !== "broken" && !asExpected;
}
