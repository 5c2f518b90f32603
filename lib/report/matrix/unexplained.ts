import { cellOf, isTrusted, type Matrix } from "./matrix.ts";

/** Why some things in a matrix are as they should not be, by what they are about. */
export interface Explained {
  /** Sabotages that no claim notices. */
  readonly survivors: Readonly<Record<string, string>>;
  /** Claims that notice none of the sabotages that fit whom they ask. */
  readonly claims: Readonly<Record<string, string>>;
}

/** All that is wrong in a matrix and has no explanation, in a sentence each. */
export function unexplained(matrix: Matrix, explained: Explained): string[] {
  const { claims, sabotages, complete } = matrix;
  const red = claims.filter(({ red }) => red !== undefined)
    .map(({ id, red }) => `${id} is not green on sound models: ${red}`);
  const survivors = sabotages.filter(({ id, noticed }) => {
    return noticed.length === 0 && !(id in explained.survivors);
  }).map(({ id }) => `no claim notices "${id}"`);
  const crashes = sabotages.flatMap(({ id, crashed }) =>
    crashed.filter((each) => each.explained === undefined)
      .map(({ claim, on, why }) => `${claim} crashes under "${id}" on ${on}: ${why}`)
  );
  const missed = claims.flatMap(({ id, names }) =>
    sabotages.filter((row) => names.includes(row.id) && cellOf(row, id) === "survived")
      .filter(() => !(id in explained.claims))
      .map((row) => `${id} names "${row.id}" and does not notice it`)
  );
  const blind = complete ? claims.filter((claim) => isBlind(claim, matrix)) : []; // of all of them
  const trusting = blind.filter(({ id }) => !(id in explained.claims))
    .map(({ id }) => `${id} notices nothing`);
  return [...red, ...survivors, ...crashes, ...missed, ...trusting];
}

function isBlind(claim: Matrix["claims"][number], { sabotages }: Matrix): boolean {
  const asked = sabotages.some((row) => cellOf(row, claim.id) !== "unasked");
  return asked && claim.red === undefined && !isTrusted(claim, sabotages);
}
