import type { RunRecord } from "../../claims/mod.ts";
import { stands } from "../../claims/verdict.ts";
import type { ClaimView } from "../document/claim_view.ts";
import type { ControlView } from "../document/control_view.ts";
import { escapeMarkdown, lineMarkdown } from "../escape.ts";
import { controlOutcomes, kindInWords } from "../document/remarks.ts";
import { outcome, prefixOf, signOf } from "../document/words.ts";
import { anchor } from "./blocks.ts";
import { citationMarkdown } from "./source.ts";

/** One claim as an item of a list: what it says, what came of it, how far it goes, its controls. */
export function claimMarkdown(claim: ClaimView): string {
  const { anchor: place, letter, statement, verdict, runs, reason } = claim;
  const lines = [
    `${anchor(place)}**[${letter}]** ${prefixOf(claim)}${lineMarkdown(statement)}`,
    `${signOf(verdict)} **${verdict}** · ${kindInWords(claim)} · ${reachMarkdown(claim)}` +
    controlsMarkdown(claim),
    ...(stands(verdict) || reason === undefined ? [] : [escapeMarkdown(reason)]),
    ...runs.filter((run) => !run.asExpected).map(wrongMarkdown),
  ];
  return `- ${lines.join("  \n  ")}`;
}

function reachMarkdown({ reach, sources }: ClaimView): string {
  return sources.length === 0 ? reach : `${reach}: ${sources.map(citationMarkdown).join("; ")}`;
}

/** The names of its controls, with what came out otherwise than it must. */
function controlsMarkdown({ controlViews }: ClaimView): string {
  if (controlViews.length === 0) return "";
  return ` · controls: ${controlViews.map(controlMarkdown).join("; ")}`;
}

function controlMarkdown(control: ControlView): string {
  const name = `“${escapeMarkdown(control.name)}”`;
  const outcomes = controlOutcomes(control);
  if (outcomes.length === 0) return `${name} (**was not run**)`;
  const strange = outcomes.filter(({ asExpected }) => !asExpected);
  return [name, ...strange.map(({ outcome, where }) => `(**${outcome}** ${escapeMarkdown(where)})`)]
    .join(" ");
}

function wrongMarkdown(run: RunRecord): string {
  const control = run.control === undefined ? "" : `, with “${escapeMarkdown(run.control)}”`;
  const reason = run.reason === undefined ? "" : `: ${escapeMarkdown(run.reason)}`;
  return `✗ ${escapeMarkdown(run.model)}${control}: ${outcome(run)}${reason}`;
}
