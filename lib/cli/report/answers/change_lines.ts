import { count } from "../../../report/numbers.ts";
import { harmless } from "../../../report/plain_text.ts";
import type { Change } from "./compare.ts";

/** What has changed since another report, in words: a line for each change, and one for all of them. */
export function changeLines(changes: readonly Change[], path: string, apart: number): string[] {
  const kinds = Map.groupBy(changes, ({ kind }) => kind);
  const counted = (kind: Change["kind"]) => kinds.get(kind)?.length ?? 0;
  const counts = [
    `${count(counted("worse"), "verdict")} worse`,
    ...(["better", "new", "gone"] as const).map((kind) => `${counted(kind)} ${kind}`),
    `${count(counted("figure"), "figure")} changed`,
  ];
  const left = apart === 0 ? "" : ` Not asked this time: ${apart} of its questions.`;
  const lines = changes.map(({ kind, text }) => `${kind}: ${text}`);
  return harmless([...lines, `Compared with ${path}: ${counts.join(", ")}.${left}`]);
}
