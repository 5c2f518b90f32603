import type { Member, PlannedClaim } from "../../claims/plan.ts";
import type { Sabotage } from "../../model/mod.ts";
import { catalogue } from "../../model/sabotages/catalogue.ts";
import type { HeadCounts, Offer } from "./messages.ts";

/** What can be broken, those first that some claims name. */
export function offersTo(claims: readonly PlannedClaim[]): Offer[] {
  const names = new Set(claims.flatMap((claim) => claim.brokenBy));
  const members = claims.flatMap((claim) => claim.members());
  const offers = catalogue.map(({ make, toHead, ...choice }): Offer => {
    const sabotage = make();
    const { name, description } = sabotage;
    return {
      ...{ ...choice, name, description, named: names.has(name) },
      ...toHead && { heads: headsOf(members) },
      ...whyNone(sabotage, members),
    };
  });
  return offers.toSorted((a, b) => Number(b.named) - Number(a.named));
}

/** Who may read a text, by name: those first that most of the claims are about. */
export function readersFor(
  claims: readonly PlannedClaim[],
  readers: Readonly<Record<string, Member>>,
): string[] {
  const asked = claims.map((claim) => new Set(claim.members().map(({ name }) => name)));
  const times = (reader: string) => asked.filter((names) => names.has(readers[reader].name)).length;
  return Object.keys(readers).toSorted((a, b) => times(b) - times(a));
}

/** Of what is no single transformer nothing is known: it may hold one that can be broken. */
function whyNone(sabotage: Sabotage, members: readonly Member[]): Pick<Offer, "unfit"> {
  const reasons = members.map(({ config }) => config && sabotage.unfit(config));
  return reasons.includes(undefined) ? {} : { unfit: reasons[0] };
}

/** How many of these have which heads; the first is offered even where nothing is known. */
function headsOf(members: readonly Member[]): HeadCounts {
  const known = [...new Map(members.map(({ name, config }) => [name, config])).values()]
    .filter((config) => config !== undefined);
  const layers = Math.max(1, ...known.map(({ n_layers }) => n_layers));
  const having = Array.from({ length: layers }, (_, layer) => {
    const deep = known.filter(({ n_layers }) => n_layers > layer);
    const heads = Math.max(1, ...deep.map(({ n_heads }) => n_heads));
    return Array.from(
      { length: heads },
      (_, head) => deep.filter(({ n_heads }) => n_heads > head).length,
    );
  });
  return { having, of: known.length };
}
