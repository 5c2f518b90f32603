import type { Verdict } from "../../claims/mod.ts";
import { stands } from "../../claims/verdict.ts";
import { ofQuestion, signOf } from "../document/words.ts";
import { type Html, html } from "./markup.ts";

/** What came of a question, whose verdict is that of its claims. */
export function questionVerdictHtml(verdict: Verdict): Html {
  return badge(verdict, ofQuestion(verdict));
}

/** A verdict with its sign; the colour only repeats what they say. */
export function verdictHtml(verdict: Verdict): Html {
  return badge(verdict, verdict);
}

function badge(verdict: Verdict, words: string): Html {
  const tone = verdict === "not applicable" ? "quiet" : stands(verdict) ? "good" : "bad";
  return html`<span class="verdict ${tone}"><span aria-hidden="true">${
    signOf(verdict)
  }</span> ${words}</span>`;
}
