import type { Verdict } from "../../claims/mod.ts";
import { stands } from "../../claims/verdict.ts";
import { signOf } from "../words.ts";
import { type Html, html } from "./markup.ts";

/** A verdict with its sign; the colour only repeats what they say. */
export function verdictHtml(verdict: Verdict): Html {
  const tone = verdict === "not applicable" ? "quiet" : stands(verdict) ? "good" : "bad";
  return html`<span class="verdict ${tone}"><span aria-hidden="true">${
    signOf(verdict)
  }</span> ${verdict}</span>`;
}
