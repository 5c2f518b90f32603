import { wholeHtml } from "../html/layout.ts";
import { type Html, html, listHtml, trusted } from "../html/markup.ts";
import { compactNumber } from "../numbers.ts";
import {
  cellOf,
  isTrusted,
  type Matrix,
  type MatrixClaim,
  matrixInWords,
  type MatrixRow,
} from "./matrix.ts";
import styles from "./page.css" with { type: "text" };

const TITLE = "Why believe it";
const LEAD =
  "Every claim of the answers was asked of models that were broken on purpose, in every " +
  "way of a catalogue. A claim that notices nothing proves nothing; what no claim notices is a " +
  "question that was forgotten.";

/** How far a 32-bit number is rounded, relative to its size. */
const ROUNDING = 2 ** -24;

/** What a cell shows. */
const SIGNS = { noticed: "●", survived: "·", crashed: "!", unasked: "" } as const;

/**
 * The matrix as a page of its own.
 *
 * @param wrong What is unexplained in it, each in a sentence.
 */
export function matrixPage(matrix: Matrix, wrong: readonly string[]): string {
  const { tool, seconds, complete } = matrix;
  const body = html`
    <style>${trusted(styles.replaceAll("\r", ""))}</style>
    <a class="skip" href="#matrix">Skip to the matrix</a>
    <header>
      <p><a href="index.html">All questions</a></p>
      <h1>${TITLE}</h1>
      <p class="lead">${LEAD}</p>
    </header>
    <main>
    <p><strong>${matrixInWords(matrix)}.</strong>
    ${!complete && "This is a part of the catalogue."}
    ${wrong.length > 0 && html`<strong class="bad">Not everything is explained.</strong>`}</p>
    ${listHtml("problems", wrong)}
    ${gridHtml(matrix)}
    ${leastHtml(matrix)}
    ${sabotagesHtml(matrix)}
    ${claimsHtml(matrix)}
    </main>
    <script src="sabotage.js" defer></script>
  `;
  const foot = html`
    <footer>
      <p>Deno ${tool.deno}, onnxruntime-web ${tool.onnxruntime}${seconds !== undefined &&
        `, in ${seconds} seconds`}. The same as data: <a href="sabotage.json">sabotage.json</a>; for viewers of
      mutation testing:
      <a href="mutation.json">mutation.json</a>; as a picture: <a href="sabotage.svg">sabotage.svg</a>.
      </p>
    </footer>
  `;
  const stands = wrong.length === 0;
  return wholeHtml(
    { title: TITLE, description: LEAD, stands, picture: "sabotage.svg", body },
    foot,
  );
}

function gridHtml({ claims, sabotages }: Matrix): Html {
  return html`
    <section aria-labelledby="matrix">
      <h2 id="matrix">Who notices what</h2>
      <p>A row for each sabotage, a column for each claim. ${SIGNS.noticed}: the claim came out
      otherwise than on sound models. ${SIGNS.survived}: it came out the same, as a claim about
      something else should. ${SIGNS.crashed}: it could not be asked to the end. Empty: the sabotage
      fits nobody whom it asks, or it takes so long that only what it names was asked.</p>
      <p class="sorting" hidden>
        <button type="button" data-sort="given">In the order of the pipeline</button>
        <button type="button" data-sort="most">What is noticed most first</button>
        <button type="button" data-sort="least">What is noticed least first</button>
      </p>
      <p class="quiet" id="pointed" aria-live="polite">Point at a cell.</p>
      <div class="scroll" tabindex="0" role="group" aria-label="Who notices what">
        <table class="matrix">
          <thead>
            <tr><th scope="col">sabotage</th>${claims.map(({ id }) =>
              html`<th scope="col"><span>${id}</span></th>`
            )}</tr>
          </thead>
          <tbody>${sabotages.map((row) => gridRow(row, claims))}</tbody>
        </table>
      </div>
    </section>
  `;
}

function gridRow(row: MatrixRow, claims: readonly MatrixClaim[]): Html {
  const cells = claims.map(({ id }) => {
    const cell = cellOf(row, id);
    return cell === "unasked" ? html`<td></td>` : html`<td class="${cell[0]}">${SIGNS[cell]}</td>`;
  });
  return html`<tr><th scope="row">${row.id}</th>${cells}</tr>\n`;
}

function leastHtml({ sabotages }: Matrix): Html | undefined {
  const some = sabotages.flatMap(({ name, least }) => least ? [{ name, least }] : []);
  if (some.length === 0) return undefined;
  return tableOf(
    "How little is enough",
    html`Some sabotages have a strength. This is the least that any claim which notices them still
      notices: of half of it none could tell. A 32-bit number is rounded by up to
      ${compactNumber(ROUNDING)} of its size.`,
    ["what is broken", "noticed from", "as a rule", "times rounding", "by"],
    some.map(({ name, least: { strength, of, usual, claim } }) => [
      name,
      `${compactNumber(strength)} ${of}`,
      `${usual}`,
      compactNumber(strength / ROUNDING),
      claim,
    ]),
  );
}

function sabotagesHtml({ sabotages }: Matrix): Html {
  return tableOf(
    "The sabotages",
    html`How many claims notice each, of how many that were asked, and what the first of them
      says.`,
    ["sabotage", "part", "what is done", "noticed by", "of", "first by", "which says"],
    sabotages.map(({ id, part, description, noticed, survived, crashed }) => [
      id,
      part,
      description,
      noticed.length,
      noticed.length + survived.length + crashed.length,
      noticed[0]?.claim ?? "",
      noticed[0]?.why ?? "",
    ]),
  );
}

function claimsHtml({ claims, sabotages }: Matrix): Html {
  const count = (id: string, cell: ReturnType<typeof cellOf>) =>
    sabotages.filter((row) => cellOf(row, id) === cell).length;
  return tableOf(
    "The claims",
    html`How many sabotages each notices, and how many leave it as it was.`,
    ["claim", "says", "notices", "is left by", "trusted"],
    claims.map((claim) => [
      claim.id,
      claim.statement,
      count(claim.id, "noticed"),
      count(claim.id, "survived"),
      isTrusted(claim, sabotages) ? "yes" : claim.dear ? "asked little" : "no sabotage fits",
    ]),
  );
}

/** A table whose columns can be sorted by, where scripts run. */
function tableOf(
  title: string,
  said: Html,
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Html {
  const id = title.toLowerCase().replaceAll(" ", "-");
  return html`
    <section aria-labelledby="${id}">
      <h2 id="${id}">${title}</h2>
      <p>${said}</p>
      <div class="scroll" tabindex="0" role="group" aria-label="${title}">
        <table class="sortable">
          <thead>
            <tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr>
          </thead>
          <tbody>${rows.map((cells) =>
            html`<tr>${
              cells.map((cell, i) =>
                i === 0
                  ? html`<th scope="row">${cell}</th>`
                  : typeof cell === "number"
                  ? html`<td class="number">${cell}</td>`
                  : html`<td>${cell}</td>`
              )
            }</tr>`
          )}</tbody>
        </table>
      </div>
    </section>
  `;
}
