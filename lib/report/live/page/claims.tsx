/** @jsxImportSource preact */
import type { VNode } from "preact";
import { stands } from "../../../claims/verdict.ts";
import type { LiveClaim, LivePicture } from "../messages.ts";
import type { State } from "./state.ts";

type Words = Partial<Record<LiveClaim["verdict"], string>>;

/** What a verdict is called where its name alone would sound like a failure. */
const WORDS: Words = { refuted: "refuted, as it should be:" };

/** What it is called of broken models, where to fail is to notice. */
const OF_BROKEN: Words = {
  fails: "fails, so it notices:",
  holds: "holds all the same:",
  refuted: "refuted all the same:",
};

/** What came of each claim, as it comes; those that could not be asked are folded away. */
export function Claims({ state: { claims, broken, done } }: { state: State }): VNode {
  // By the letters that they have on the page: they come in the order of the file.
  const placed = claims.map((claim, i) => ({ claim, broken, place: i + 1 }));
  const [unasked, asked] = [true, false].map((so) =>
    placed.filter(({ claim: { verdict } }) => (broken && verdict === "not applicable") === so)
  );
  const list = (some: readonly ClaimProps[]) => (
    <ol class="live-claims">{some.map((each) => <Claim key={each.claim.id} {...each} />)}</ol>
  );
  return (
    <>
      {done !== undefined && <p class="done">What was done to the models: {done}</p>}
      {list(asked)}
      {unasked.length > 0 && (
        <details>
          <summary>{unasked.length} that cannot be asked of models broken so, and why</summary>
          {list(unasked)}
        </details>
      )}
    </>
  );
}

interface ClaimProps {
  readonly claim: LiveClaim;
  readonly broken: boolean;
  /** Among those of the question, from one. */
  readonly place: number;
}

function Claim({ claim, broken, place }: ClaimProps): VNode {
  const { id, statement, verdict, reason, findings, pictures } = claim;
  // Measured against the bounds says more than the assertion, which names a field of the code.
  const measured = broken && (verdict === "fails" || stands(verdict)) && findings.length > 0;
  const tone = verdict === "not applicable" ? "quiet" : stands(verdict) ? "good" : "bad";
  return (
    <li value={place}>
      <p>
        <span class={`verdict ${tone}`}>{(broken ? OF_BROKEN : WORDS)[verdict] ?? verdict}</span>
        {" "}
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
          {report.map(({ width, html }) => (
            <div key={width} class={width} dangerouslySetInnerHTML={{ __html: html }} />
          ))}
        </figure>
      )}
      <Picture
        picture={picture}
        title={broken ? `The same of the broken models${scalesOf(picture)}` : undefined}
      />
      {broken && <p class="caption">{picture.figure.caption}</p>}
    </div>
  );
}

function scalesOf({ charts: { alike } }: LivePicture): string {
  return alike === undefined ? "" : alike ? ", on the same scales" : ", on scales of its own";
}

/** The report's own picture of a claim, by its title: of broken models some may be missing. */
function inReport(claim: string, { figure }: LivePicture): readonly Drawn[] | undefined {
  const own = [...document.querySelectorAll(`figure[id^="${claim}-figure-"]`)]
    .find((each) => each.querySelector(".figure-title")?.textContent === figure.title);
  return own && ["wide", "narrow"].flatMap((width) => {
    const html = own.querySelector(`.${width}`)?.innerHTML;
    return html === undefined ? [] : [{ width, html }];
  });
}

/** A picture for wide screens, or for narrow ones. */
interface Drawn {
  readonly width: string;
  readonly html: string;
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
