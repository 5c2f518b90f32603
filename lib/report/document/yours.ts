import type { QuestionRecord } from "../../claims/mod.ts";
import type { YoursRecord } from "../../claims/yours.ts";
import { count } from "../numbers.ts";
import type { ClaimView } from "./claim_view.ts";
import type { FilledLedger } from "./ledger.ts";
import { measured } from "./measured.ts";
import type { Table } from "./table.ts";

/** A reader's own model, and what came of every claim that was asked of it. */
export interface Yours {
  readonly name: string;
  /** What it is, in a sentence without its full stop. */
  readonly about: string;
  /** What a reader should know of it, a sentence each. */
  readonly notes: readonly string[];
  /** What it ran on: onnxruntime-web or onnxruntime-node, which have one version here. */
  readonly runtime: "web" | "native";
  /** In the order of the spec. */
  readonly claims: readonly YoursClaim[];
  /** What others have published of it, where that is known. */
  readonly ledger?: FilledLedger;
}

/** What came of a claim of a spec file. */
export type YoursClaim = YoursRecord & { readonly file: string };

/** What of a question is needed here. */
interface AskedQuestion extends Pick<QuestionRecord, "file" | "number" | "question"> {
  readonly views: readonly ClaimView[];
}

const SIGNS: Readonly<Record<YoursRecord["outcome"], string>> = {
  agrees: "✓ agrees",
  "does not": "✗ does not",
  "not applicable": "– not applicable",
  broken: "! broken",
};

/** What the section on a reader's model says above its tables. */
export const YOURS_LEAD =
  "Each claim was asked of your model, and its check of the same model broken on purpose. An " +
  "identity must agree: where one does not, look at your model's files, or at our code. Of what was " +
  "measured on our models, yours may be otherwise: that is news, and no fault.";

/** The claims of a question on a reader's model: each with what came of it, and why. */
export function yoursTable({ file, views }: AskedQuestion, { claims }: Yours): Table | undefined {
  const found = new Map(claims.filter((claim) => claim.file === file).map((own) => [own.id, own]));
  const rows = views.flatMap((view) => {
    const own = found.get(view.id);
    if (!own) return [];
    const bounds = view.bounds?.map(({ field }) => field) ?? [];
    return [[`${view.letter} ${view.statement}`, view.kind, signOf(own, view), said(own, bounds)]];
  });
  return rows.length === 0
    ? undefined
    : { head: ["claim", "kind", "your model", "what was found"], rows };
}

/** Of a wrong belief it counts that it is one. */
function signOf({ outcome }: YoursRecord, { direction }: Pick<ClaimView, "direction">): string {
  if (direction === "claim" || !(outcome === "agrees" || outcome === "does not")) {
    return SIGNS[outcome];
  }
  return outcome === "agrees" ? "✓ refuted here, too" : "✗ not refuted here";
}

/** How many claims of each question came out how. */
export function yoursSummary(questions: readonly AskedQuestion[], { claims }: Yours): Table {
  const outcomes = Object.keys(SIGNS) as YoursRecord["outcome"][];
  const shown = outcomes.filter((outcome) =>
    outcome !== "broken" || claims.some((claim) => claim.outcome === outcome)
  );
  const rows = questions.flatMap(({ number, question, file }) => {
    const own = claims.filter((claim) => claim.file === file);
    if (own.length === 0) return [];
    const counts = shown.map((outcome) => own.filter((claim) => claim.outcome === outcome).length);
    return [[`${number}. ${question}`, ...counts]];
  });
  return { head: ["question", ...shown], rows };
}

/** "Of 122 claims 67 agree with your model, 8 do not, and 47 are not applicable." */
export function yoursInWords({ claims }: Yours): string {
  const number = (outcome: YoursRecord["outcome"]) =>
    claims.filter((claim) => claim.outcome === outcome).length;
  const broken = number("broken") > 0 ? `, and ${number("broken")} could not be found out` : "";
  return `Of ${count(claims.length, "claim")} your model agrees with ${number("agrees")} and not ` +
    `with ${number("does not")}; ${number("not applicable")} are not applicable${broken}.`;
}

function said(
  { outcome, reason, runs, unnoticed }: YoursRecord,
  bounds: readonly string[],
): string {
  if (outcome !== "agrees") return oneSentence(reason ?? "");
  const own = runs.filter(({ role, verdict }) =>
    role === "subject" && verdict !== "not applicable"
  );
  const fields = measured(own);
  const found = bounds.flatMap((field) =>
    fields.has(field) ? [`${field} ${fields.get(field)}`] : []
  );
  const twins = new Set(
    runs.flatMap(({ control, verdict }) => verdict === "not applicable" ? [] : control ?? []),
  );
  const apart = twins.size - unnoticed.length;
  return [
    ...found,
    ...apart > 0 ? [`told from ${count(apart, "broken twin")}`] : [],
    ...unnoticed.length > 0 ? [`not told from: ${unnoticed.join(", ")}`] : [],
  ].join("; ");
}

/** The first line of a reason: what assertions add below it is in answers.json. */
function oneSentence(reason: string): string {
  return reason.split("\n")[0];
}
