import type { QuestionView } from "../document/document.ts";
import { type Html, html } from "./markup.ts";
import { suggestionsHtml } from "./suggestions.ts";

/** Where a question's claims are run by the reader, and broken. Without scripts it says how else. */
export function liveHtml(question: QuestionView, live: boolean): Html {
  const { file, page } = question;
  const rerun = html`<code>deno test ${file}</code>`;
  if (!live) {
    return html`
      <section id="live" class="live" aria-labelledby="live_title">
        <h2 id="live_title">Run it, break it</h2>
        <p>This copy of the report cannot run its claims by itself. In the project: ${rerun}.</p>
        ${suggestionsHtml(question, live)}
      </section>
    `;
  }
  return html`
    <section id="live" class="live" aria-labelledby="live_title">
      <h2 id="live_title">Run it, break it</h2>
      <p>Every claim on this page can be run here, in your browser, on the models as they are or on models that you
    break; and you can have them read a sentence of yours. Some seven megabytes are loaded from beside this page, and
    nothing leaves it.</p>
      ${suggestionsHtml(question, live)}
      <div id="bench" data-file="${file}" data-page="${page.replace(/\.html$/, "")}"></div>
      <noscript><p>That needs scripts. Without them, in the project: ${rerun}.</p></noscript>
      <script src="live/open.js" defer></script>
    </section>
  `;
}
