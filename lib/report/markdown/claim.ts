import type { RunRecord } from "../../claims/mod.ts";
import type { ClaimView, ControlView, Group } from "../document/claim_view.ts";
import { escapeMarkdown, lineMarkdown } from "../escape.ts";
import { evidenceText } from "../document/evidence_text.ts";
import { controlOutcomes, kindInWords, modelsInWords } from "../document/remarks.ts";
import { groupsTable, worstFirst } from "../document/runs_table.ts";
import { outcome, prefixOf, signOf } from "../document/words.ts";
import { anchor, blocks, details, fenced, list } from "./blocks.ts";
import { tableMarkdown } from "./table.ts";

/** One claim, as in the page but with the evidence of one run of each group. */
export function claimMarkdown(claim: ClaimView): string {
  return blocks(
    anchor(claim.anchor),
    `#### [${claim.letter}] ${prefixOf(claim)}${lineMarkdown(claim.statement)}`,
    `${signOf(claim.verdict)} **${claim.verdict}** · ${kindInWords(claim)}`,
    claim.reason ? fenced(claim.reason) : undefined,
    list([
      `Ran on ${escapeMarkdown(modelsInWords(claim.subjects))}`,
      ...claim.controlViews.map(controlMarkdown),
      ...claim.runs.filter((run) => !run.asExpected).map(wrongMarkdown),
    ]),
    claim.runs.length > 0 ? details("What was measured", evidenceMarkdown(claim)) : undefined,
  );
}

function controlMarkdown(control: ControlView): string {
  const what = control.description === "" ? "" : ` (${escapeMarkdown(control.description)})`;
  const outcomes = controlOutcomes(control).map(({ outcome, where }) =>
    `**${outcome}**, ${escapeMarkdown(where)}`
  );
  const came = outcomes.length === 0 ? "**was not run**" : outcomes.join("; ");
  return `Control: “${escapeMarkdown(control.name)}” ${came}${what}`;
}

function wrongMarkdown(run: RunRecord): string {
  const control = run.control === undefined ? "" : `, with “${escapeMarkdown(run.control)}”`;
  const reason = run.reason === undefined ? "" : `: ${escapeMarkdown(run.reason)}`;
  return `✗ ${escapeMarkdown(run.model)}${control}: ${outcome(run)}${reason}`;
}

function evidenceMarkdown(claim: ClaimView): string {
  return blocks(
    tableMarkdown(groupsTable(claim.subjects)),
    ...claim.controlViews.filter((check) => check.groups.length > 0).flatMap((check) => [
      `Control: “${escapeMarkdown(check.name)}”`,
      tableMarkdown(groupsTable(check.groups)),
    ]),
    ...claim.subjects.map(groupMarkdown),
  );
}

function groupMarkdown(group: Group): string {
  const run = worstFirst(group)[0];
  return details(`Evidence: ${run.model}`, fenced(evidenceText(run.evidence), "json"));
}
