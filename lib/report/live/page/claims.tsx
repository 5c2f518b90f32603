/** @jsxImportSource preact */
import type { VNode } from "preact";
import { stands } from "../../../claims/verdict.ts";
import type { LiveClaim, LivePicture } from "../messages.ts";
import { isUntouched, outcomeOf, type State } from "./state.ts";

/** What a verdict is called. To fail is bad of a sound model; of a broken one it is to notice. */
function named({ verdict, direction }: LiveClaim, broken: boolean): string {
  if (verdict === "refuted") return `${broken ? "still " : ""}refuted, a wrong belief:`;
  if (!broken) return verdict;
  if (verdict === "broken") return "cannot be worked out:";
  if (verdict === "holds") return "still holds:";
  if (verdict !== "fails") return verdict;
  return direction === "claim" ? "no longer holds:" : "a wrong belief that comes true:";
}

/** What came of each claim, as it comes; of broken models those first that notice. */
export function Claims({ state: { claims, broken, done } }: { state: State }): VNode {
  // By the letters that they have on the page: they come in the order of the file.
  const placed = claims.map((claim, i) => ({ claim, broken, place: i + 1 }));
  if (!broken) return <List claims={placed} />;
  const became = Object.groupBy(placed, ({ claim }) => outcomeOf(claim.verdict));
  const [stood, unasked] = [became.stands ?? [], became.unasked ?? []];
  return (
    <>
      {done !== undefined && <p class="done">What was done to the models: {done}</p>}
      <List claims={became.notices ?? []} />
      {stood.length > 0 && (
        <Folded what={`${stood.length} stand all the same${untouched(stood)}`} claims={stood} />
      )}
      {unasked.length > 0 && (
        <Folded
          what={`${unasked.length} that cannot be asked of models broken so, and why`}
          claims={unasked}
        />
      )}
    </>
  );
}

function List({ claims }: { claims: readonly ClaimProps[] }): VNode {
  return (
    <ol class="live-claims">{claims.map((each) => <Claim key={each.claim.id} {...each} />)}</ol>
  );
}

function Folded({ what, claims }: { what: string; claims: readonly ClaimProps[] }): VNode {
  return (
    <details class="live-folded">
      <summary>{what}</summary>
      <List claims={claims} />
    </details>
  );
}

/** How many of them measured nothing else than before. */
function untouched(claims: readonly ClaimProps[]): string {
  const same = claims.filter(({ claim }) => isUntouched(claim)).length;
  if (same === 0) return "";
  return same === claims.length
    ? ", without a number changed"
    : `, ${same} without a number changed`;
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
        <span class={`verdict ${tone}`}>{named(claim, broken)}</span>{" "}
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
          <p class="caption">{picture.figure.caption}</p>
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
