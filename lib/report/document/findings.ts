import { isWithin } from "../../claims/bound.ts";
import type { ClaimRecord } from "../../claims/mod.ts";
import { compactRange } from "../numbers.ts";
import { type Margin, margins, type Measured, requiredInWords } from "./margin.ts";

/** Of so many models, and fewer, each is named. */
const NAMED = 3;

/**
 * What was measured on the models that were asked, against the bounds of their claim, in plain words:
 * "share copied: 0.03, must be above 0.5". Of bounds that were missed where any was, and else of all;
 * where the check failed of itself, its words come first.
 *
 * @param sound Runs on the same models before they were broken: what they gave is said beside it.
 */
export function findings(claim: ClaimRecord, sound: readonly Measured[] = []): string[] {
  const before = margins({ ...claim, runs: sound });
  const found = margins(claim).map((margin) => {
    const { field, bound, points } = margin;
    const values = points.map(({ value }) => value);
    const beyond = values.filter((value) => bound && !isWithin(bound, value)).length;
    const must = claim.direction === "claim" ? "must be" : "the belief has it";
    const required = bound ? `, ${must} ${requiredInWords(bound)}` : "";
    const some = values.length > NAMED && beyond > 0 && beyond < values.length;
    const told = some ? `, missed on ${beyond} of them` : "";
    return {
      missed: beyond > 0,
      words: `${bound?.what ?? field}: ${changed(margin, before)}${required}${told}`,
    };
  });
  const missed = found.filter(({ missed }) => missed);
  const failed = claim.runs.find(({ verdict }) => verdict === "fails");
  if (missed.length > 0 || failed?.reason === undefined) {
    return once(missed.length > 0 ? missed : found);
  }
  return [failed.reason.split("\n")[0], ...once(found)];
}

/** What was measured on which models, and what they gave before where that was something else. */
function changed({ field, points }: Margin, before: readonly Margin[]): string {
  const sound = before.find((margin) => margin.field === field)?.points ?? [];
  const models = [...new Set(points.map(({ model }) => model))];
  const of = (asked: readonly string[]) => {
    const [now, then] = [points, sound].map((some) => {
      const values = some.flatMap(({ model, value }) => asked.includes(model) ? value : []);
      return values.length > 0 ? compactRange(values) : "";
    });
    return then === "" || now === then ? now : `${now} (unbroken: ${then})`;
  };
  if (models.length === 1) return of(models);
  if (models.length > NAMED) return `${of(models)} on ${models.length} models`;
  return models.map((model) => `${of([model])} on ${model}`).join(", ");
}

/** Several bounds may be said, and met, in the same words. */
function once(found: readonly { readonly words: string }[]): string[] {
  return [...new Set(found.map(({ words }) => words))];
}
