import type { ClaimView, ControlView, Document, Group } from "./document.ts";
import { count } from "./numbers.ts";
import { KINDS, outcome, outcomeParts } from "./words.ts";

/** The models that a claim ran on: "gpt and 24 random transformers". */
export function modelsInWords(groups: readonly Group[]): string {
  const ran = groups.map((group) => ({
    ...group,
    runs: group.runs.filter((run) => run.verdict !== "not applicable"),
  })).filter((group) => group.runs.length > 0);
  return ran.length === 0
    ? "nothing"
    : inWords(ran.map((group) => placeInWords(group, group.runs.length)));
}

/** "a", "a and b", "a, b and c". */
function inWords(names: readonly string[]): string {
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** What kind of claim it is and which way it points, in a few words. */
export function kindInWords({ kind, direction }: ClaimView): string {
  return direction === "refuted" ? `${kind}, a belief to refute` : kind;
}

/** What a claim of this kind says of itself. */
export function kindMeaning({ kind }: ClaimView): string {
  return KINDS[kind];
}

/** How a control came out and where, as the end of a sentence that begins with its name. */
export function controlInWords({ groups }: ControlView): string {
  const runs = groups.flatMap((group) => group.runs.map((run) => ({ ...run, group })));
  if (runs.length === 0) return "was not run";
  return [...Map.groupBy(runs, outcome)].map(([_, alike]) => {
    const { did, aside } = outcomeParts(alike[0]);
    const places = Map.groupBy(alike, (run) => run.group);
    const where = [...places].map(([group, members]) => placeInWords(group, members.length));
    return `${did} ${did === "does not apply" ? "to" : "on"} ${inWords(where)}${aside}`;
  }).join("; ");
}

function placeInWords({ family, name, runs }: Group, members: number): string {
  if (!family) return name;
  return members === runs.length ? `${members} ${name}` : `${members} of ${runs.length} ${name}`;
}

/** What a reader must know before anything else; empty for a sound and whole run. */
export function warnings(document: Document): string[] {
  const { run, found } = document.files;
  const part = `This is a part of the spec: ${run} of ${count(found, "spec file")} were run.`;
  return [...(document.complete ? [] : [part]), ...document.problems];
}
