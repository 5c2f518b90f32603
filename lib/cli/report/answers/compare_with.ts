import type { Question } from "../../../report/mod.ts";
import type { Earlier } from "../asked.ts";
import { changeLines } from "./change_lines.ts";
import { changes } from "./compare.ts";

/** What has changed, in words, and whether a verdict got worse. */
export interface Since {
  readonly lines: readonly string[];
  readonly worse: boolean;
}

/** Compares what was found now with an earlier report; a spec file that was not asked now is not gone. */
export function compareWith(
  { path, answers: { questions } }: Earlier,
  now: readonly Question[],
  specs: readonly string[],
): Since {
  const asked = now.map(({ file }) => file);
  const [apart, before] = [true, false].map((unasked) =>
    questions.filter(({ file }) => unasked === (specs.includes(file) && !asked.includes(file)))
  );
  const found = changes(before, now);
  return {
    lines: changeLines(found, path, apart.length),
    worse: found.some(({ kind }) => kind === "worse"),
  };
}
