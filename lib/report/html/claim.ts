import type { RunRecord } from "../../claims/mod.ts";
import { anchorOnPage } from "../../claims/names.ts";
import { stands } from "../../claims/verdict.ts";
import type { ClaimView } from "../document/claim_view.ts";
import type { ControlView, Group } from "../document/control_view.ts";
import { marginLine } from "../charts/margin_line.ts";
import type { Margin } from "../document/margin.ts";
import { evidenceText } from "../document/evidence_text.ts";
import { controlOutcomes, kindInWords, modelsInWords } from "../document/remarks.ts";
import { groupsTable, MEMBERS_SHOWN, membersTable, worstFirst } from "../document/runs_table.ts";
import { KINDS, outcome, prefixOf, REACHES } from "../document/words.ts";
import { rerunLine } from "../document/rerun_line.ts";
import { lineHtml } from "../escape.ts";
import { specAddress } from "../prose.ts";
import { type Html, html, listHtml, trusted } from "./markup.ts";
import { citationHtml } from "./source.ts";
import { controlPictureHtml } from "./control.ts";
import { tableHtml } from "./table.ts";
import { verdictHtml } from "./verdict.ts";

/** One claim: what it says, what came of it, and everything behind that. */
export function claimHtml(claim: ClaimView): Html {
  const { letter, file, statement, verdict, kind, reason, subjects, controlViews, margins } = claim;
  const anchor = anchorOnPage(claim.anchor);
  return html`
    <section class="claim" id="${anchor}" aria-labelledby="${anchor}_title">
    <h3 id="${anchor}_title"><span class="ordinal">${letter}</span> ${prefixOf(claim)}${trusted(
      lineHtml(statement),
    )}</h3>
    <p class="meta">${verdictHtml(verdict)} <span title="${KINDS[kind]}">${kindInWords(
      claim,
    )}</span> ${reachHtml(claim)}</p>
    ${margins.length > 0 ? margins.map(marginHtml) : html`<p class="quiet">${NO_NUMBER}</p>`}
    ${reason &&
      html`<pre class="reason ${stands(verdict) ? "" : "bad"}" tabindex="0">${reason}</pre>`}
    <dl>
    <dt>Ran on</dt><dd>${modelsInWords(subjects)}</dd>
    ${controlViews.map(controlHtml)}
    <dt>Run again</dt><dd><code class="command">${rerunLine(file, statement)}</code></dd>
    <dt>Written in</dt><dd>${lineLink(claim)}</dd>
    </dl>
    ${wrongHtml(claim.runs.filter((run) => !run.asExpected))}
    ${claim.runs.length > 0 && measuredHtml(claim)}
    </section>
  `;
}

/** Leads to the line of the spec file where the claim is made. */
function lineLink({ file, line }: ClaimView): Html {
  const [place, fragment] = line === undefined ? ["", ""] : [`:${line}`, `#L${line}`];
  return html`<a href="${specAddress(file)}${fragment}">${file}${place}</a>`;
}

/** How far it goes, and who says so of large models. */
function reachHtml({ reach, sources }: ClaimView): Html {
  const papers = sources.map((source, i) => html`${i > 0 ? "; " : ": "}${citationHtml(source)}`);
  return html`<span class="reach" title="${REACHES[reach]}">${reach}${papers}</span>`;
}

function controlHtml(control: ControlView): Html {
  const outcomes = controlOutcomes(control);
  const words = outcomes.map(({ outcome, where }, i) =>
    html`${i > 0 ? "; " : " "}<strong>${outcome}</strong>, ${where}`
  );
  return html`
    <dt>Control</dt>
    <dd><q>${control.name}</q>${words.length > 0 ? words : html`
      <strong>was not run</strong>
    `}${control.description !== "" &&
      html`<br><span class="quiet">${control.description}</span>`}
    ${controlPictureHtml(control, false)}</dd>
  `;
}

/** How many runs that came out wrong are named on the page. */
const WRONG_SHOWN = 5;

function wrongHtml(runs: readonly RunRecord[]): Html | undefined {
  const more = runs.length - WRONG_SHOWN;
  const named = runs.slice(0, WRONG_SHOWN).map((run) =>
    html`<strong>${run.model}</strong>${
      run.control !== undefined && html`, with <q>${run.control}</q>`
    }: ${outcome(run)}${run.reason !== undefined && html`<pre tabindex="0">${run.reason}</pre>`}`
  );
  return listHtml("wrong", more > 0 ? [...named, `and ${more} more`] : named);
}

/** In the place of that line. */
const NO_NUMBER = "No number to bound: what the check asserts is not about one.";

/** One line: what was measured, the bound, the nearest control. */
function marginHtml(margin: Margin): Html {
  const { field, bound } = margin;
  return html`<div class="margin-line"><p>${bound?.what} <code>${field}</code></p>${
    trusted(marginLine(margin))
  }</div>`;
}

function measuredHtml({ subjects, controlViews, margins }: ClaimView): Html {
  const controls = controlViews.filter((check) => check.groups.length > 0);
  return html`<details><summary>What was measured</summary>
${margins.map(({ words }) => html`<p class="in-words">${words}</p>`)}
${tableHtml(groupsTable(subjects), "What was measured on each model", "runs")}
${subjects.map(groupHtml)}
${
    controls.map(({ name, groups }) =>
      html`<p class="under">Control: <q>${name}</q></p>
${tableHtml(groupsTable(groups), `What was measured on the control: ${name}`, "runs")}
${groups.map(groupHtml)}`
    )
  }</details>`;
}

function groupHtml(group: Group): Html {
  const [{ model, reason, evidence }, ...others] = worstFirst(group);
  const count = group.runs.length;
  const members = others.length > 0 &&
    html`${tableHtml(membersTable(group), `Members of ${group.name}`, "runs")}
${
      count > MEMBERS_SHOWN &&
      html`<p class="quiet">The first ${MEMBERS_SHOWN} of ${count}; answers.json has all of them.</p>`
    }<p class="quiet">${model}</p>`;
  return html`
    <details><summary>${group.name}: ${others.length > 0
      ? "its members, and the evidence of one"
      : "the evidence"}</summary>
    ${members}
    ${reason !== undefined && html`<pre class="reason" tabindex="0">${reason}</pre>`}
    <pre class="evidence" tabindex="0">${evidenceText(evidence)}</pre>
    </details>
  `;
}
