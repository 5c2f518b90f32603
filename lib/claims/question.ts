import type { ClaimInput, ClaimSpec, RefutedInput } from "./claim.ts";
import { controlOf } from "./control.ts";
import { type QuestionInfo, type Writer, writer } from "./prose/essay.ts";
import { type Handle, makeHandle } from "./prose/handle.ts";
import { callerOf, type Location, placeInWords } from "./location.ts";
import { isOneLine, ONE_LINE } from "./names.ts";
import { forbidExit } from "./no_exit.ts";
import { planClaim } from "./plan.ts";
import { type PlacedClaim, registerQuestion } from "./register.ts";

/** What the body of a question makes its claims and writes its answer with. */
export interface Author extends Writer {
  /** A claim: must hold on every subject and fail on every control. */
  claim<M, E>(statement: string, input: ClaimInput<M, E>): Handle<E>;
  /** A wrong belief: must fail on every subject and hold on every control. */
  refuted<M, E>(statement: string, input: RefutedInput<M, E>): Handle<E>;
}

// Before any spec that asks a question is evaluated, since that imports this.
if (globalThis.Deno) forbidExit();

/**
 * Asks a question: each claim that its body makes becomes a Deno test, with one step for each
 * subject, family and control, and a last test checks the answer itself and keeps the record.
 * Nothing is loaded or run until those tests do.
 *
 * @throws {RangeError} If a text that has to fit on one line does not.
 */
export function question(
  text: string,
  info: QuestionInfo,
  body: (author: Author) => void,
): void {
  const at = callerOf(question);
  requireOneLine(at, "question", [text]);
  const claims: PlacedClaim[] = [];
  const { essay: written, ...write } = writer();
  body({ ...write, ...claimant(claims) });
  const essay = written();
  requireOneLine(at, "title", essay.parts.flatMap(({ title }) => title ?? []));
  registerQuestion({ at, question: text, info, essay, claims });
}

function claimant(claims: PlacedClaim[]): Pick<Author, "claim" | "refuted"> {
  const place = <M, E>(at: Location, spec: ClaimSpec<M, E>): Handle<E> => {
    const asked = Object.values(spec.controls).flatMap((control) => controlOf(control).on ?? []);
    requireOneLine(at, "statement", [spec.statement]);
    requireOneLine(at, "id", [spec.id]);
    requireOneLine(at, "control's name", Object.keys(spec.controls));
    requireOneLine(at, "model's name", [...spec.on, ...asked].map(({ name }) => name));
    claims.push({ at, ...planClaim(spec) });
    return makeHandle<E>(spec.id, spec.units);
  };
  return {
    claim: function claim(statement, { mustFailOn: controls = {}, ...inquiry }) {
      return place(callerOf(claim), { statement, direction: "claim", controls, ...inquiry });
    },
    refuted: function refuted(statement, { mustHoldOn: controls = {}, ...inquiry }) {
      return place(callerOf(refuted), { statement, direction: "refuted", controls, ...inquiry });
    },
  };
}

function requireOneLine(at: Location, what: string, texts: readonly string[]): void {
  const wrong = texts.find((text) => !isOneLine(text));
  if (wrong === undefined) return;
  const given = JSON.stringify(wrong);
  throw new RangeError(`Bad ${what} at ${placeInWords(at)}: required ${ONE_LINE}, got ${given}`);
}
