import { notices } from "../few.ts";
import type { PlannedClaim } from "../plan.ts";
import type { Suggestion } from "./suggestion.ts";

/** A claim that may be asked of few broken models. */
type Askable = Pick<PlannedClaim, "id" | "ofFew" | "tried">;

/** What each problem here begins with. */
export const TRIED = "Of what is to be tried:";

/** By which name a claim knows what became of it with some sabotages. */
export function triedAs(sabotages: readonly string[]): string {
  return sabotages.join("&");
}

/** A claim that is said to notice what a reader breaks, and does not; or to stand, and does not. */
export async function suggestionProblems(
  suggestions: readonly Omit<Suggestion, "why">[],
  claims: readonly Askable[],
): Promise<string[]> {
  const problems: string[] = [];
  for (const { sabotages, sabotage, notice, stand } of suggestions) {
    for (const id of [...notice, ...stand]) {
      const said = notice.includes(id) ? "notices" : "stands";
      const claim = claims.find((claim) => claim.id === id);
      const came = claim?.tried?.[triedAs(sabotages)] ?? await whatBecomes(claim, sabotage);
      if (came === said) continue;
      problems.push(
        `${TRIED} with "${sabotage.name}" the claim "${id}" ${came}, ` +
          `and it is said that it ${said}`,
      );
    }
  }
  return problems;
}

/** Few of its models tell: what one of them notices, the claim does. */
async function whatBecomes(
  claim: Askable | undefined,
  sabotage: Suggestion["sabotage"],
): Promise<string> {
  if (!claim) return "is none of this question";
  const runs = (await claim.ofFew(sabotage)).filter(({ verdict }) => verdict !== "not applicable");
  if (runs.length === 0) return "cannot be asked";
  const broken = runs.find(({ verdict }) => verdict === "broken");
  if (broken) return `is broken (${broken.reason})`;
  return runs.some(notices) ? "notices" : "stands";
}
