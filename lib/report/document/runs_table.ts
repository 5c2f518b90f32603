import { count } from "../numbers.ts";
import type { Group } from "./control_view.ts";
import { measured } from "./measured.ts";
import type { Table } from "./table.ts";
import { outcome } from "./words.ts";

/** How many members of a family a page lists; `answers.json` has all of them. */
export const MEMBERS_SHOWN = 40;

/** How many of the measured fields get a column of their own. */
const COLUMNS = 5;

/** One row for each model or family: how it came out and what was measured. */
export function groupsTable(groups: readonly Group[]): Table {
  return tableOf(groups.map((group) => ({
    model: group.family ? `${group.name} (${count(group.runs.length, "model")})` : group.name,
    outcome: outcomes(group),
    measured: group.measured,
  })));
}

/** One row for each member of a family. */
export function membersTable(group: Group): Table {
  const shown = worstFirst(group).slice(0, MEMBERS_SHOWN);
  return tableOf(shown.map((run) => ({
    model: run.model,
    outcome: outcome(run),
    measured: measured([run]),
  })));
}

/** The runs of a group with those that came out wrong first. */
export function worstFirst({ runs }: Group): Group["runs"] {
  return runs.toSorted((a, b) => Number(a.asExpected) - Number(b.asExpected));
}

/** How the runs of a group came out, with counts where they differ. */
function outcomes({ runs }: Group): string {
  const counts = Map.groupBy(runs, outcome);
  if (counts.size === 1) return outcome(runs[0]);
  return [...counts].map(([text, members]) => `${text} (${members.length})`).join("; ");
}

function tableOf(
  lines: readonly { model: string; outcome: string; measured: Group["measured"] }[],
): Table {
  const names = [...new Set(lines.flatMap((line) => [...line.measured.keys()]))].slice(0, COLUMNS);
  return {
    head: ["model", "outcome", ...names],
    rows: lines.map(({ model, outcome, measured }) => [
      model,
      outcome,
      ...names.map((name) => measured.get(name) ?? ""),
    ]),
  };
}
