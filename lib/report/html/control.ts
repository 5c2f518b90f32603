import type { ControlPicture, ControlView } from "../document/control_view.ts";
import type { Charts } from "../document/drawn.ts";
import { controlOutcomes } from "../document/remarks.ts";
import { type Html, html, listHtml, trusted } from "./markup.ts";

/** The file of a control's picture, beside the pages. */
export function controlFile(anchor: string, width: "wide" | "narrow"): string {
  return `figures/${anchor}-${width}.svg`;
}

/**
 * What a claim looks like on one of its controls, to be opened: its own picture, which is loaded only
 * then, and what was measured.
 *
 * @param saying Whether it says what the control is and how it came out, where nothing else does.
 */
export function controlPictureHtml(control: ControlView, saying: boolean): Html {
  const { name, description, findings, pictures, standsIn, unseen } = control;
  const outcomes = controlOutcomes(control).map(({ outcome, where }) => `${outcome}, ${where}`);
  return html`
    <details class="as-broken"><summary>As it looks broken: <q>${name}</q></summary>
    ${saying &&
      html`<p class="quiet">${sentence(description)} Here the claim ${
        outcomes.join("; ") || "was not run"
      }.</p>`}
    ${unseen &&
      html`<p class="quiet">The claim's own picture shows nothing of this; what came out:</p>`}
    ${pictures.map(imagesHtml)}
    ${standsIn !== undefined && html`<p class="quiet">Measured on ${standsIn}, in the place of the
model that the picture above is of.</p>`}
    ${listHtml("findings", findings)}
    </details>
  `;
}

/** What a control is begins in small letters where it is no sabotage. */
function sentence(words: string): string {
  return words && words[0].toUpperCase() + words.slice(1).replace(/\.?$/, ".");
}

function imagesHtml({ anchor, title, charts, problem }: ControlPicture): Html {
  if (!charts) return html`<p class="quiet">${problem}</p>`;
  return html`
    <div class="wide">${imageHtml(anchor, title, charts, "wide")}</div>
    <div class="narrow">${imageHtml(anchor, title, charts, "narrow")}</div>
    ${charts.alike !== undefined &&
      html`<p class="quiet">${charts.alike ? SAME_SCALES : OWN_SCALES}</p>`}
  `;
}

const SAME_SCALES = "On the scales of the claim's own picture.";

const OWN_SCALES = "On scales of its own: it does not fit on those of the claim's own picture.";

/** Its size is said, so that nothing moves when it comes. */
function imageHtml(anchor: string, title: string, charts: Charts, width: "wide" | "narrow"): Html {
  const size = /\bwidth="\d+(?:\.\d+)?" height="\d+(?:\.\d+)?"/.exec(charts[width])?.[0] ?? "";
  const source = controlFile(anchor, width);
  return html`<img loading="lazy" src="${source}" alt="${title}" ${trusted(size)}>`;
}
