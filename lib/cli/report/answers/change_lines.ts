import { count } from "../../../report/numbers.ts";
import { harmless } from "../../../report/plain_text.ts";
import type { Change } from "./compare.ts";

/** What has changed since another report, in words: a line for each change, and one for all of them. */
export function changeLines(changes: readonly Change[], path: string, apart: number): string[] {
  const kinds = Map.groupBy(changes, ({ kind }) => kind);
  const counted = (kind: Change["kind"]) => kinds.get(kind)?.length ?? 0;
  const left = apart === 0 ? "" : ` Not asked this time: ${apart} of its questions.`;
  return [
    ...changes.map(({ kind, text }) => `${kind}: ${text}`),
    `Compared with ${path}: ${count(counted("worse"), "verdict")} worse, ${
      counted("better")
    } better, ` +
    `${counted("new")} new, ${counted("gone")} gone; ${
      count(counted("figure"), "figure")
    } changed.` + left,
  ].map(harmless<string>);
}
