import type { Group } from "./claim_view.ts";
import { measured } from "./measured.ts";
import { count } from "../numbers.ts";
import type { Table } from "./table.ts";
import { outcome } from "./words.ts";

/** How many members of a family a page lists; `answers.json` has all of them. */
export const MEMBERS_SHOWN = 40;

/** How many of the measured fields get a column of their own. */
const COLUMNS = 5;

/** One row for each model or family: how it came out and what was measured. */
export function groupsTable(groups: readonly Group[]): Table {
  const names = columnsOf(groups);
  return {
    head: ["model", "outcome", ...names],
    rows: groups.map((group) => [
      group.family ? `${group.name} (${count(group.runs.length, "model")})` : group.name,
      outcomes(group),
      ...cells(group.measured, names),
    ]),
  };
}

/** One row for each member of a family. */
export function membersTable(group: Group): Table {
  const names = columnsOf([group]);
  const shown = worstFirst(group).slice(0, MEMBERS_SHOWN);
  return {
    head: ["model", "outcome", ...names],
    rows: shown.map((run) => [run.model, outcome(run), ...cells(measured([run]), names)]),
  };
}

/** How the runs of a group came out, with counts where they differ. */
function outcomes({ runs }: Group): string {
  const counts = Map.groupBy(runs, outcome);
  if (counts.size === 1) return outcome(runs[0]);
  return [...counts].map(([text, members]) => `${text} (${members.length})`).join("; ");
}

/** The runs of a group with those that came out wrong first. */
export function worstFirst({ runs }: Group): Group["runs"] {
  return runs.toSorted((a, b) => Number(a.asExpected) - Number(b.asExpected));
}

function columnsOf(groups: readonly Group[]): string[] {
  const names = groups.flatMap((group) => group.measured.map((field) => field.name));
  return [...new Set(names)].slice(0, COLUMNS);
}

function cells(fields: Group["measured"], names: readonly string[]): string[] {
  return names.map((name) => fields.find((field) => field.name === name)?.text ?? "");
}
