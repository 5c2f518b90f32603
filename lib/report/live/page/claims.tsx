/** @jsxImportSource preact */
import type { VNode } from "preact";
import { stands } from "../../../claims/verdict.ts";
import type { LiveClaim, LivePicture } from "../messages.ts";
import type { State } from "./state.ts";

/** What a verdict is called where its name alone would sound like a failure. */
const WORDS: Partial<Record<LiveClaim["verdict"], string>> = {
  refuted: "refuted, as it should be:",
};

/** What came of each claim, as it comes. */
export function Claims({ state: { claims, broken, done } }: { state: State }): VNode {
  return (
    <>
      {done !== undefined && <p class="done">What was done to the models: {done}</p>}
      <ol class="live-claims">
        {claims.map((claim) => <Claim key={claim.id} claim={claim} broken={broken} />)}
      </ol>
    </>
  );
}

function Claim({ claim, broken }: { claim: LiveClaim; broken: boolean }): VNode {
  const { id, statement, verdict, reason, findings, pictures } = claim;
  // Measured against the bounds says more than the assertion, which names a field of the code.
  const measured = broken && (verdict === "fails" || stands(verdict)) && findings.length > 0;
  const tone = verdict === "not applicable" ? "quiet" : stands(verdict) ? "good" : "bad";
  return (
    <li>
      <p>
        <span class={`verdict ${tone}`}>{WORDS[verdict] ?? verdict}</span>{" "}
        <a href={`#${id}`}>{statement}</a>
      </p>
      {measured && <ul class="findings">{findings.map((each) => <li key={each}>{each}</li>)}</ul>}
      {reason !== undefined && !measured && <pre class="reason" tabIndex={0}>{reason}</pre>}
      {pictures.map((picture, n) => (
        <Beside
          key={n}
          picture={picture}
          claim={id}
          broken={broken}
        />
      ))}
    </li>
  );
}

/** The picture of what was measured just now, beside the report's own where the two differ. */
function Beside(
  { picture, claim, broken }: { picture: LivePicture; claim: string; broken: boolean },
): VNode {
  const report = broken ? inReport(claim, picture) : null;
  return (
    <div class="beside">
      {report && (
        <figure>
          <figcaption>In the report: {picture.figure.title}</figcaption>
          <div dangerouslySetInnerHTML={{ __html: report }} />
        </figure>
      )}
      <Picture
        picture={picture}
        title={broken ? `The same of the broken models${scalesOf(picture)}` : undefined}
      />
    </div>
  );
}

function scalesOf({ charts: { alike } }: LivePicture): string {
  return alike === undefined ? "" : alike ? ", on the same scales" : ", on scales of its own";
}

/** The report's own picture of a claim, by its title: of broken models some may be missing. */
function inReport(claim: string, { figure }: LivePicture): string | undefined {
  return [...document.querySelectorAll(`figure[id^="${claim}-figure-"]`)]
    .find((each) => each.querySelector(".figure-title")?.textContent === figure.title)
    ?.querySelector(".wide")?.innerHTML;
}

/** A picture that was drawn in the worker, by the code that draws those of the report. */
export function Picture({ picture, title }: { picture: LivePicture; title?: string }): VNode {
  const { figure, charts } = picture;
  return (
    <figure>
      <figcaption>{title ?? figure.title}</figcaption>
      <div class="wide" dangerouslySetInnerHTML={{ __html: charts.wide }} />
      <div class="narrow" dangerouslySetInnerHTML={{ __html: charts.narrow }} />
    </figure>
  );
}
