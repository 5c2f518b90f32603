import type { RunRecord } from "../../claims/mod.ts";
import type { ClaimView, ControlView, Group } from "../document/claim_view.ts";
import { lineHtml } from "../escape.ts";
import { evidenceText } from "../document/evidence_text.ts";
import { controlOutcomes, kindInWords, modelsInWords } from "../document/remarks.ts";
import { groupsTable, MEMBERS_SHOWN, membersTable, worstFirst } from "../document/runs_table.ts";
import { stands } from "../../claims/verdict.ts";
import { KINDS, outcome, prefixOf } from "../document/words.ts";
import { type Html, html, trusted } from "./markup.ts";
import { tableHtml } from "./table.ts";
import { verdictHtml } from "./verdict.ts";

/** One claim: what it says, what came of it, and everything behind that. */
export function claimHtml(claim: ClaimView): Html {
  const wrong = claim.runs.filter((run) => !run.asExpected);
  return html`
    <section class="claim" id="${claim.anchor}" aria-labelledby="${claim.anchor}-title">
    <h4 id="${claim.anchor}-title"><span class="ordinal">${claim.letter}</span> ${prefixOf(
      claim,
    )}${trusted(lineHtml(claim.statement))}</h4>
    <p class="meta">${verdictHtml(claim.verdict)} <span title="${KINDS[claim.kind]}">${kindInWords(
      claim,
    )}</span></p>
    ${reasonHtml(claim.reason, stands(claim.verdict))}
    <dl>
    <dt>Ran on</dt><dd>${modelsInWords(claim.subjects)}</dd>
    ${claim.checks.map(controlHtml)}
    </dl>
    ${wrong.length > 0 ? wrongHtml(wrong) : undefined}
    ${detailsHtml(claim)}
    </section>
  `;
}

function reasonHtml(reason: string | undefined, fine: boolean): Html | undefined {
  if (reason === undefined || reason === "") return undefined;
  return html`<pre class="reason ${fine ? "" : "bad"}">${reason}</pre>`;
}

function controlHtml(control: ControlView): Html {
  const outcomes = controlOutcomes(control);
  const words = outcomes.map(({ outcome, where }, i) =>
    html`${i > 0 ? "; " : " "}<strong>${outcome}</strong>, ${where}`
  );
  return html`
    <dt>Control</dt>
    <dd><q>${control.name}</q>${outcomes.length === 0
      ? html`
        <strong>was not run</strong>
      `
      : words}${quiet(control.description)}</dd>
  `;
}

function quiet(text: string): Html | undefined {
  return text === "" ? undefined : html`<br><span class="quiet">${text}</span>`;
}

/** How many runs that came out wrong are named on the page. */
const WRONG_SHOWN = 5;

function wrongHtml(runs: readonly RunRecord[]): Html {
  const more = runs.length - WRONG_SHOWN;
  return html`<ul class="wrong">
${
    runs.slice(0, WRONG_SHOWN).map((run) =>
      html`
        <li><strong>${run.model}</strong>${run.control === undefined
          ? undefined
          : html`, with <q>${run.control}</q>`}: ${outcome(run)}${run.reason === undefined
          ? undefined
          : html`<pre>${run.reason}</pre>`}</li>
      `
    )
  }${more > 0 ? html`<li>and ${more} more</li>` : undefined}</ul>`;
}

function detailsHtml(claim: ClaimView): Html | undefined {
  if (claim.runs.length === 0) return undefined;
  return html`<details><summary>What was measured</summary>
${tableHtml(groupsTable(claim.subjects), "What was measured on each model", "runs")}
${claim.subjects.map(groupHtml)}
${
    claim.checks.filter((check) => check.groups.length > 0).map((check) =>
      html`<p class="under">Control: <q>${check.name}</q></p>
${tableHtml(groupsTable(check.groups), `What was measured on the control: ${check.name}`, "runs")}
${check.groups.map(groupHtml)}`
    )
  }</details>`;
}

function groupHtml(group: Group): Html | undefined {
  const first = worstFirst(group)[0];
  const cut = group.runs.length > MEMBERS_SHOWN
    ? html`<p class="quiet">The first ${MEMBERS_SHOWN} of ${group.runs.length}; answers.json has all of them.</p>`
    : undefined;
  const members = group.runs.length > 1
    ? html`${tableHtml(membersTable(group), `Members of ${group.name}`, "runs")}${cut}`
    : undefined;
  return html`
    <details><summary>${group.name}: ${group.runs.length > 1
      ? "its members, and the evidence of one"
      : "the evidence"}</summary>
    ${members}
    ${group.runs.length > 1 ? html`<p class="quiet">${first.model}</p>` : undefined}
    ${first.reason === undefined ? undefined : html`<pre class="reason">${first.reason}</pre>`}
    <pre class="evidence" tabindex="0">${evidenceText(first.evidence)}</pre>
    </details>
  `;
}
