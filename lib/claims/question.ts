import { boundsOf, boundsProblem } from "./bound.ts";
import { type ClaimInput, type ClaimSpec, LIMIT, type RefutedInput } from "./claim.ts";
import { type QuestionInfo, type Writer, writer } from "./prose/essay.ts";
import { type Handle, makeHandle } from "./prose/handle.ts";
import { callerOf, type Location, placeInWords } from "./location.ts";
import { isOneLine, ONE_LINE, repeated } from "./names.ts";
import { forbidExit } from "./no_exit.ts";
import { askedBy, planClaim } from "./plan.ts";
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
 * @throws {RangeError} If it or a claim is badly written, with the place.
 */
export function question(
  text: string,
  info: QuestionInfo,
  body: (author: Author) => void,
): void {
  const at = callerOf(question);
  require(at, "question", [text], isOneLine, ONE_LINE);
  const claims: PlacedClaim[] = [];
  const { essay: written, ...write } = writer();
  body({ ...write, ...claimant(claims) });
  const essay = written();
  const titles = essay.parts.flatMap(({ title }) => title ?? []);
  require(at, "title", titles, isOneLine, ONE_LINE);
  registerQuestion({ at, question: text, info, essay, claims });
}

function claimant(claims: PlacedClaim[]): Pick<Author, "claim" | "refuted"> {
  const place = <M, E>(at: Location, spec: ClaimSpec<M, E>): Handle<E> => {
    requireWellWritten(at, spec);
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

/** What must be so before anything is run. */
function requireWellWritten<M, E>(at: Location, spec: ClaimSpec<M, E>): void {
  const asked = askedBy(spec).map(({ name }) => name);
  require(at, "statement", [spec.statement], isOneLine, ONE_LINE);
  require(at, "id", [spec.id], isKebabCase, "kebab-case");
  require(at, "name of a control", Object.keys(spec.controls), isOneLine, ONE_LINE);
  require(at, "name of a model", asked, isOneLine, ONE_LINE);
  const own = asked.slice(0, spec.on.length);
  require(at, "name of a model", repeated(own), () => false, "one for each that it is about");
  require(at, "bound", [boundsProblem(spec.bounds)], (wrong) => !wrong, "a number and what it is");
  const checked = spec.check !== undefined || boundsOf(spec.bounds).length > 0;
  require(at, "claim", [checked ? "" : spec.id], (id) => !id, "bounds or a check");
  require(at, "limit", [spec.limit ?? LIMIT], (limit) => limit > 0, "seconds above 0");
}

function require<T>(
  at: Location,
  what: string,
  given: readonly T[],
  isRight: (given: T) => boolean,
  required: string,
): void {
  const [wrong] = given.filter((each) => !isRight(each)).map((each) => JSON.stringify(each));
  if (wrong === undefined) return;
  throw new RangeError(`Bad ${what} at ${placeInWords(at)}: required ${required}, got ${wrong}`);
}

function isKebabCase(text: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text);
}
