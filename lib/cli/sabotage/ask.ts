import { notices } from "../../claims/few.ts";
import type { RunRecord } from "../../claims/record.ts";
import { catalogue, type Choice } from "../../model/sabotages/catalogue.ts";
import { releaseSessions } from "../../runtime/mod.ts";
import type { Finding, Least, MatrixClaim, MatrixRow } from "../../report/matrix/matrix.ts";
import { DEAR } from "./dear.ts";
import { crashExplained } from "./explained.ts";
import type { SpecClaim } from "./spec_claims.ts";

/** A claim on sound models: it must be green there before anything is broken. */
export async function askSound({ id, file, line, claim }: SpecClaim): Promise<MatrixClaim> {
  const wrong = (await claim.ofFew()).find((run) => !run.asExpected);
  const names = catalogue.filter((choice) => claim.brokenBy.includes(choice.make().name));
  return {
    ...{ id, file, line, statement: claim.statement },
    ...wrong && { red: findingOf(id, wrong).why },
    ...DEAR.has(id) && { dear: true },
    names: names.map(({ id }) => id),
  };
}

/**
 * Every claim on models broken by one sabotage, to the end whoever notices.
 *
 * @param all Whether those that take long are asked, too.
 */
export async function askBroken(
  choice: Choice,
  claims: readonly SpecClaim[],
  all: boolean,
): Promise<MatrixRow> {
  const { id, part } = choice;
  const sabotage = choice.make();
  const { name, description } = sabotage;
  const noticed: Finding[] = [];
  const crashed: MatrixRow["crashed"][number][] = [];
  const survived: string[] = [];
  for (const { id: claim, claim: { ofFew, brokenBy } } of claims) {
    if (DEAR.has(claim) && !all && !brokenBy.includes(name)) continue;
    const runs = (await ofFew(sabotage)).filter(({ verdict }) => verdict !== "not applicable");
    const broken = runs.find(({ verdict }) => verdict === "broken");
    const other = runs.find(notices);
    if (broken) {
      const explained = crashExplained(id, claim);
      crashed.push({ ...findingOf(claim, broken), ...explained && { explained } });
    } else if (other) noticed.push(findingOf(claim, other));
    else if (runs.length > 0) survived.push(claim);
  }
  const row = { ...{ id, part, name, description }, noticed, survived, crashed };
  const least = await leastOf(choice, row, claims);
  await releaseSessions();
  return { ...row, ...least && { least } };
}

/** How many times a strength is halved at most: behind 24 nothing is left of a 32-bit number. */
const HALVINGS = 32;

/**
 * How little of a sabotage is still noticed by any of the claims that notice it: half of that, and
 * none does. Only where nothing at all of it is nothing broken, and not by claims that count what a
 * graph is made of, which notice that something was added however little it does.
 */
async function leastOf(
  { strength, make }: Choice,
  { noticed }: Pick<MatrixRow, "noticed">,
  claims: readonly SpecClaim[],
): Promise<Least | undefined> {
  if (!strength || strength.whole || strength.least !== 0 || noticed.length === 0) return undefined;
  const { of, usual } = strength;
  const seenBy = async ({ claim }: SpecClaim, halvings: number) =>
    (await claim.ofFew(make(usual / 2 ** halvings))).some(notices);
  let sharpest: SpecClaim[] = [];
  for (const each of claims.filter(({ id }) => noticed.some(({ claim }) => claim === id))) {
    if (!await seenBy(each, HALVINGS)) sharpest.push(each);
  }
  if (sharpest.length === 0) return undefined;
  const anyNotices = async (halvings: number) => {
    for (const each of sharpest) {
      if (!await seenBy(each, halvings)) continue;
      sharpest = [each, ...sharpest.filter((other) => other !== each)];
      return true;
    }
    return false;
  };
  let [seen, unseen] = [0, HALVINGS];
  while (unseen - seen > 1) {
    const middle = Math.floor((seen + unseen) / 2);
    if (await anyNotices(middle)) seen = middle;
    else unseen = middle;
  }
  return { strength: usual / 2 ** seen, of, usual, claim: sharpest[0].id };
}

/** How much of what was thrown is kept. */
const KEPT = 200;

function findingOf(claim: string, { model, reason, verdict }: RunRecord): Finding {
  const why = reason ?? `it ${verdict}`;
  return { claim, on: model, why: why.replace(/\s+/g, " ").slice(0, KEPT) };
}
