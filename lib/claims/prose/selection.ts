import type { RunRecord } from "../record.ts";

/** Which runs are meant; without a choice, all of the subjects'. */
export interface Selection {
  /** One model, by its name or as the subject itself. */
  readonly model?: string | { readonly name: string };
  /** The members of one family, by its name or as the family itself. */
  readonly family?: string | { readonly name: string };
  /** Models of one origin. */
  readonly origin?: string;
  /** The runs of this control instead of the subjects'. */
  readonly control?: string;
}

/** Whether a run is among those selected. */
export function isSelected(
  run: Pick<RunRecord, "model" | "family" | "origin" | "control">,
  { model, family, origin, control }: Selection,
): boolean {
  return run.control === control &&
    (model === undefined || run.model === nameOf(model)) &&
    (family === undefined || run.family === nameOf(family)) &&
    (origin === undefined || run.origin === origin);
}

/** A selection as an error says it: `of model "gpt"`. */
export function selectionInWords({ model, family, origin, control }: Selection): string {
  const parts = Object.entries({ model, family, origin, control })
    .flatMap(([key, given]) => given === undefined ? [] : [`${key} "${nameOf(given)}"`]);
  return parts.length === 0 ? "of a subject" : `of ${parts.join(", ")}`;
}

function nameOf(named: string | { readonly name: string }): string {
  return typeof named === "string" ? named : named.name;
}
