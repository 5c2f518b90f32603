import type { Verdict } from "../../claims/mod.ts";
import { stands } from "../../claims/verdict.ts";
import { signOf } from "../document/words.ts";
import { type Html, html } from "./markup.ts";

/** A verdict with its sign, or other words for it; the colour only repeats what they say. */
export function verdictHtml(verdict: Verdict, words: string = verdict): Html {
  const tone = verdict === "not applicable" ? "quiet" : stands(verdict) ? "good" : "bad";
  const sign = html`<span aria-hidden="true">${signOf(verdict)}</span>`;
  return html`<span class="verdict ${tone}">${sign} ${words}</span>`;
}
