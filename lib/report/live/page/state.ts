import type { Verdict } from "../../../claims/mod.ts";
import { stands } from "../../../claims/verdict.ts";
import type { LiveClaim, Offer, Reading, Reply } from "../messages.ts";
import { total } from "../same_numbers.ts";

/** What the bench shows. */
export interface State {
  /** What it says of what it is doing. */
  readonly status: string;
  readonly busy: boolean;
  /** Whether what is run is run on broken models. */
  readonly broken: boolean;
  /** What was done to the models that are run. */
  readonly done?: string;
  /** What went wrong, for the reader. */
  readonly problem?: string;
  readonly offers: readonly Offer[];
  readonly models: readonly string[];
  readonly claims: readonly LiveClaim[];
  readonly reading?: Reading;
}

/** Something that the reader does. */
export type Act =
  | { readonly kind: "running"; readonly broken?: boolean; readonly reading?: boolean }
  /** What is broken has changed: what was found before is of other models. */
  | { readonly kind: "changed" }
  | { readonly kind: "stopped" };

/** Before anything was heard. */
export const IDLE: State = {
  status: "Loading the code and the runtime, about six megabytes …",
  busy: false,
  broken: false,
  offers: [],
  models: [],
  claims: [],
};

/** What is shown once something was heard from the worker, or done by the reader. */
export function hear(state: State, heard: Reply | Act): State {
  switch (heard.kind) {
    case "choices":
      return { ...state, offers: heard.offers, models: heard.models, status: "Ready." };
    case "running": {
      const begun = { ...state, busy: true, problem: undefined, status: "Loading …" };
      if (heard.reading) return { ...begun, reading: undefined };
      return { ...begun, broken: heard.broken ?? false, done: undefined, claims: [] };
    }
    case "breaking":
      return { ...state, done: heard.description };
    case "progress": {
      const { statement, step, done, of } = heard;
      return { ...state, status: `${statement}: ${step} (${done + 1} of ${of})` };
    }
    case "claim":
      return { ...state, claims: [...state.claims, heard.claim] };
    case "reading":
      return { ...state, busy: false, reading: heard.reading, status: "Read." };
    case "done":
      return { ...state, busy: false, status: summary(state) };
    case "changed":
      return { ...IDLE, offers: state.offers, models: state.models, status: "Ready." };
    case "stopped":
      return { ...state, busy: false, status: "Stopped." };
    case "refused":
      return { ...state, busy: false, problem: heard.reason, status: "" };
    default:
      return state;
  }
}

/** How many claims notice that the models are broken, and what became of the others. */
function noticed(claims: readonly LiveClaim[]): string {
  const count = (verdict: Verdict) => claims.filter((claim) => claim.verdict === verdict).length;
  const [failed, unasked] = [count("fails"), count("not applicable")];
  const asked = claims.length - unasked;
  const none = "What was broken does not matter to them, or by less than they allow.";
  return [
    `${failed} of ${asked} claims notice that the models are broken${
      failed > 0 ? ": they fail" : ""
    }.`,
    failed === 0 && asked > 0 ? none : "",
    unasked > 0 ? `${unasked} cannot be asked of models that are broken so.` : "",
  ].filter((sentence) => sentence !== "").join(" ");
}

/** What a run came to. */
function summary({ broken, claims }: State): string {
  if (broken) return noticed(claims);
  const standing = claims.filter(({ verdict }) => stands(verdict));
  const { same, of, apart } = total(claims.map(({ numbers }) => numbers));
  const told = `${standing.length} of ${claims.length} claims stand. Of ${of} numbers measured ` +
    `just now, ${same} are the very bits of the report`;
  if (same === of) return `${told}.`;
  // The runtime gives the same bits everywhere, and so do those functions that the worker brings
  // along, exp above all. Powers, say, are the engine's own; Chromium's are Deno's.
  return `${told}. The others differ by ${apart.toPrecision(1)} of themselves at most: browsers ` +
    "round some functions each in its own way.";
}
