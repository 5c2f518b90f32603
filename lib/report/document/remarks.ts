import type { ClaimView } from "./claim_view.ts";
import type { ControlView, Group } from "./control_view.ts";
import type { Document, QuestionView } from "./document.ts";
import { stands } from "../../claims/verdict.ts";
import { count } from "../numbers.ts";
import { outcome } from "./words.ts";

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

/** How an aside begins, to tell whether to open it. */
export function openingWords(markdown: string): string {
  const plain = markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/\$`([^`]*)`\$/g, "$1")
    .replace(/[*_`]/g, "");
  const words = plain.trim().split(/\s+/);
  const few = words.slice(0, OPENING).join(" ");
  return words.length > OPENING ? `${few.replace(/[.,:;]$/, "")} …` : few;
}

/** One way in which a control came out, and where. */
export interface ControlOutcome {
  /** Such as "failed, as it should". */
  readonly outcome: string;
  /** Such as "on all 24 models". */
  readonly where: string;
  /** Whether that is what a sound claim requires. */
  readonly asExpected: boolean;
}

/** How many words of an aside are seen before it is opened. */
const OPENING = 6;

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
    const asExpected = alike.every(({ run }) => run.asExpected);
    return { outcome, asExpected, where: `${to} ${single ? [...names].join(" and ") : models}` };
  });
}

/** How many of a question's claims stand: "2 of 3 claims". */
export function claimsThatStand({ claims }: QuestionView): string {
  const standing = claims.filter((claim) => stands(claim.verdict)).length;
  return `${standing} of ${count(claims.length, "claim")}`;
}

/** What the warnings of a document come to. */
export function warningsInWords({ problems }: Document): string {
  return problems.length > 0 ? "This run was not sound." : "This run was not whole.";
}

/** What ran, and when and how long where times are wanted. */
export function runInWords(
  { tool, times, files, yours }: Pick<Document, "tool" | "times" | "files" | "yours">,
): string {
  const when = times ? `, ${times.date}, in ${count(Math.round(times.seconds), "second")}` : "";
  const ran = count(files.run, "spec file");
  const native = `, and onnxruntime-node ${tool.onnxruntime} for your model`;
  const own = yours?.runtime === "native" ? native : "";
  return `Deno ${tool.deno}, onnxruntime-web ${tool.onnxruntime}${own}; ${ran}${when}.`;
}
