import type { Verdict } from "../../../claims/mod.ts";
import { stands } from "../../../claims/verdict.ts";
import type { Experiment } from "../address.ts";
import type { Described, LiveClaim, Offer, Reading, Reply } from "../messages.ts";
import { total } from "../same_numbers.ts";

/** What the bench shows. */
export interface State {
  /** What it says of the claims. */
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
  /** What the chosen sabotages do. */
  readonly described: readonly Described[];
  /** The same in one line. */
  readonly line: string;
  readonly claims: readonly LiveClaim[];
  readonly reading?: Reading;
  /** What it says of the reader's text, or what went wrong there; and whether that was asked last. */
  readonly own: { readonly status: string; readonly problem?: string; readonly asked?: boolean };
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
  described: [],
  line: "",
  claims: [],
  own: { status: "" },
};

/** Before anything was heard, where the address may ask for something already. */
export function opening({ chosen, text = "" }: Experiment): State {
  // What its name in the catalogue is only the worker knows, which is being loaded.
  const named = chosen.map(({ id }) => `"${id.replaceAll("-", " ")}"`).join(" and ");
  const asked = [
    ...chosen.length > 0 ? [`models broken by ${named}`] : [],
    ...text.trim() !== "" ? ["a text to read"] : [],
  ];
  if (asked.length === 0) return IDLE;
  const status = `Preparing what this address asks for: ${asked.join(", and ")}. ${IDLE.status}`;
  return { ...IDLE, status };
}

/** What is shown once something was heard from the worker, or done by the reader. */
export function hear(state: State, heard: Reply | Act): State {
  switch (heard.kind) {
    case "choices":
      return { ...state, offers: heard.offers, models: heard.models, status: "Ready." };
    case "running": {
      const own = { status: "Reading …", asked: true };
      if (heard.reading) return { ...state, busy: true, reading: undefined, own };
      return {
        ...{ ...state, busy: true, status: "Loading …", problem: undefined },
        ...{ broken: heard.broken ?? false, done: undefined, claims: [] },
        own: { ...state.own, asked: false },
      };
    }
    case "described":
      return { ...state, described: heard.described, line: heard.line };
    case "breaking":
      return { ...state, done: heard.description };
    case "progress": {
      const { statement, step, done, of } = heard;
      return { ...state, status: `${statement}: ${step} (${done + 1} of ${of})` };
    }
    case "claim":
      return { ...state, claims: [...state.claims, heard.claim] };
    case "reading":
      return { ...state, busy: false, reading: heard.reading, own: { status: "Read." } };
    case "done":
      return { ...state, busy: false, status: summary(state) };
    case "changed": {
      const { offers, models, described, line } = state;
      return { ...IDLE, offers, models, described, line, status: "Ready." };
    }
    case "stopped":
      return said(state, { status: "Stopped." });
    case "refused":
      return said(state, { status: "", problem: heard.reason });
    default:
      return state;
  }
}

/** Nothing runs any more, which is said where it was asked for. */
function said(state: State, told: Pick<State, "status" | "problem">): State {
  return { ...state, busy: false, ...state.own.asked ? { own: told } : told };
}

/** What a verdict says of broken models: what cannot be worked out of them cannot be asked. */
export function outcomeOf(verdict: Verdict): "notices" | "stands" | "unasked" {
  if (verdict === "not applicable" || verdict === "broken") return "unasked";
  return stands(verdict) ? "stands" : "notices";
}

/** Whether all that a claim measured is what the report has of the same models. */
export function isUntouched({ numbers: { same, of } }: LiveClaim): boolean {
  return of > 0 && same === of;
}

/** How many claims notice that the models are broken, and what became of the others. */
function noticed(claims: readonly LiveClaim[]): string {
  const { notices = [], stands = [], unasked = [] } = Object.groupBy(
    claims,
    ({ verdict }) => outcomeOf(verdict),
  );
  const asked = notices.length + stands.length;
  const none = stands.every(isUntouched)
    ? "Not one of their numbers changed: what was broken, if anything, is nothing that they look at."
    : "Some of their numbers changed, by less than they allow.";
  return [
    `${notices.length} of ${asked} claims notice that the models are broken.`,
    notices.length === 0 && asked > 0 ? none : "",
    unasked.length > 0 ? `${unasked.length} cannot be asked of models that are broken so.` : "",
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
