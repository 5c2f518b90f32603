import type { ClaimView, ControlView, Group } from "./claim_view.ts";
import type { Document } from "./document.ts";
import { count } from "../numbers.ts";
import { KINDS, outcome } from "./words.ts";

/** The models that a claim ran on: "random transformers (24 models); gpt". */
export function modelsInWords(groups: readonly Group[]): string {
  const ran = groups.map(({ name, family, runs }) => {
    const models = runs.filter((run) => run.verdict !== "not applicable").length;
    return { models, text: family ? `${name} (${count(models, "model")})` : name };
  }).filter(({ models }) => models > 0);
  return ran.length === 0 ? "nothing" : ran.map(({ text }) => text).join("; ");
}

/** What kind of claim it is and which way it points, in a few words. */
export function kindInWords({ kind, direction }: ClaimView): string {
  return direction === "refuted" ? `${kind}, a belief to refute` : kind;
}

/** What a claim of this kind says of itself. */
export function kindMeaning({ kind }: ClaimView): string {
  return KINDS[kind];
}

/** One way in which a control came out, and where. */
export interface ControlOutcome {
  /** Such as "failed, as it should". */
  readonly outcome: string;
  /** Such as "on all 24 models". */
  readonly where: string;
}

/** More places than these are counted and not named. */
const NAMED = 2;

/** The ways in which a control came out, most often one; empty where it was not run. */
export function controlOutcomes({ groups }: ControlView): ControlOutcome[] {
  const runs = groups.flatMap((group) => group.runs.map((run) => ({ run, name: group.name })));
  return [...Map.groupBy(runs, ({ run }) => outcome(run))].map(([outcome, alike]) => {
    const names = new Set(alike.map(({ name }) => name));
    const to = outcome === "does not apply" ? "to" : "on";
    const all = alike.length === runs.length;
    const models = all ? `all ${runs.length} models` : `${alike.length} of ${runs.length} models`;
    const single = alike.length === names.size && names.size <= NAMED;
    return { outcome, where: `${to} ${single ? [...names].join(" and ") : models}` };
  });
}

/** What a reader must know before anything else; empty for a sound and whole run. */
export function warnings(document: Document): string[] {
  const { run, found } = document.files;
  const part = `This is a part of the spec: ${run} of ${count(found, "spec file")} were run.`;
  return [...(document.complete ? [] : [part]), ...document.problems];
}
