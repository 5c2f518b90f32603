import { type Measured, resolveMeasured } from "./handle.ts";
import { claimAnchor, letters } from "../names.ts";
import type { ClaimRecord, Source } from "../record.ts";

/**
 * What may be put into prose: a claim, a number from it, a source, or the name of a subject, family
 * or control. A name with digits must be one of the question's claims.
 */
export type Slot = { readonly claim: string } | Measured | Source | { readonly name: string };

/** Markdown with slots for what is known only once the claims have run. */
export interface Prose {
  /** The typed text around the slots; one more than there are slots. */
  readonly typed: readonly string[];
  /** In the order of the text. */
  readonly slots: readonly Slot[];
}

/**
 * Markdown for an answer: ``md`It moved by ${local.max("moved")}.` ``. Numbers come from
 * slots only.
 */
export function md(typed: TemplateStringsArray, ...slots: readonly Slot[]): Prose {
  // Raw, since TeX is full of backslashes; of them only those that the template itself needs go.
  return { typed: typed.raw.map((text) => text.replace(/\\(?=`|\$\{)/g, "")), slots };
}

/** Whether a slot ties its sentence to a claim. */
export function isTied(slot: Slot): slot is { readonly claim: string } | Measured {
  return typeof slot === "object" && slot !== null && "claim" in slot;
}

/** Whether a slot gives a number that is measured. */
export function isMeasured(slot: Slot): slot is Measured {
  return isTied(slot) && "how" in slot;
}

/** Whether a slot cites a source. */
export function isSource(slot: Slot): slot is Source {
  return typeof slot === "object" && slot !== null && "authors" in slot;
}

/** The ids of the claims that some prose refers to. */
export function citedIn(prose: Prose): Set<string> {
  return new Set(prose.slots.filter(isTied).map((slot) => slot.claim));
}

/** What prose is resolved against. */
export interface Resolution {
  /** The question's number. */
  readonly number: number;
  /** In the order of the file; a claim's letter is its place among them. */
  readonly claims: readonly ClaimRecord[];
}

/**
 * The Markdown with its slots filled in: numbers and references become links to their claims, such
 * as `[0.31](#10-mlp-is-local)`, sources links to where they are. Throws an Error that says which
 * slot cannot be filled.
 */
export function resolveProse(prose: Prose, resolution: Resolution): string {
  return dedent(
    prose.typed.reduce((text, typed, i) =>
      text + resolveSlot(prose.slots[i - 1], resolution) + typed
    ),
  );
}

function resolveSlot(slot: Slot, { number, claims }: Resolution): string {
  if (isSource(slot)) return citation(slot);
  if (!isTied(slot)) {
    if (typeof slot?.name === "string") return slot.name;
    throw new Error(`a slot must hold a claim, a number from one or a source, got ${slot}`);
  }
  const place = claims.findIndex((claim) => claim.id === slot.claim);
  if (place < 0) throw new Error(`the claim "${slot.claim}" is none of this question`);
  const text = "how" in slot ? resolveMeasured(slot, claims[place]) : `[${letters(place)}]`;
  return `[${text}](#${claimAnchor(number, slot.claim)})`;
}

function citation({ authors, year, url, title }: Source): string {
  const text = `${authors} ${year}`;
  return url === undefined ? `${text}, *${title}*` : `[${text}](${url})`;
}

/** Without the indentation that the template has from its place in the spec. */
function dedent(text: string): string {
  const indents = text.split("\n").slice(1).filter((line) => line.trim() !== "")
    .map((line) => line.length - line.trimStart().length);
  const margin = Math.min(...indents, Infinity);
  return text.split("\n").map((line, i) =>
    i === 0 ? line : line.slice(Math.min(margin, line.length))
  )
    .join("\n").trim();
}
