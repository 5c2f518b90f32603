import type { Verdict } from "../../../claims/mod.ts";
import type { Question } from "../../../report/mod.ts";
import { changedFigures, figuresInProse } from "./figures_in_prose.ts";

/** What is not as it was. */
export interface Change {
  readonly kind: "worse" | "better" | "new" | "gone" | "figure";
  /** What, and from what to what. */
  readonly text: string;
}

/** From best to worst. What no longer applies is worse than what was checked and stood. */
const ORDER: readonly Verdict[][] = [
  ["holds", "refuted"],
  ["not applicable"],
  ["fails"],
  ["not trusted"],
  ["broken"],
];

/** What has changed between the questions of an earlier report and those of this one, worst first. */
export function changes(before: readonly Question[], now: readonly Question[]): Change[] {
  const all = pairs(before, now, ({ file }) => file).flatMap(([old, young]) => [
    ...verdictChange(old, young, (old ?? young!).file),
    ...old && young ? changesWithin(old, young) : [],
  ]);
  const kinds: Change["kind"][] = ["worse", "gone", "better", "new", "figure"];
  return kinds.flatMap((kind) => all.filter((change) => change.kind === kind));
}

function changesWithin(before: Question, now: Question): Change[] {
  const { file } = now;
  const claims = pairs(before.claims, now.claims, ({ id }) => id).flatMap(([old, young]) =>
    verdictChange(old, young, `${file}, ${(old ?? young!).id}`)
  );
  const [old, young] = [before, now].map(figuresInProse);
  // What is said of claims that are gone or new is no other figure of the same.
  const figures = [...old].flatMap(([claim, shown]) =>
    changedFigures(shown, young.get(claim) ?? shown)
      .map((text): Change => ({ kind: "figure", text: `${file}, ${claim}: ${text}` }))
  );
  return [...claims, ...figures];
}

/** Something that has a verdict. */
interface Judged {
  readonly verdict: Verdict;
}

function verdictChange(
  before: Judged | undefined,
  now: Judged | undefined,
  name: string,
): Change[] {
  if (!now) return [{ kind: "gone", text: `${name}: it was ${before!.verdict}` }];
  if (!before) return [{ kind: "new", text: `${name}: ${now.verdict}` }];
  if (before.verdict === now.verdict) return [];
  const rank = ({ verdict }: Judged) => ORDER.findIndex((equals) => equals.includes(verdict));
  const kind = rank(now) > rank(before) ? "worse" : "better";
  return [{ kind, text: `${name}: ${before.verdict} → ${now.verdict}` }];
}

/** Those of two lists that belong together, those of the first first. */
function pairs<T>(
  before: readonly T[],
  now: readonly T[],
  name: (item: T) => string,
): [before: T | undefined, now: T | undefined][] {
  const [old, young] = [before, now].map((items) =>
    new Map(items.map((each) => [name(each), each]))
  );
  const names = [...new Set([...old.keys(), ...young.keys()])];
  return names.map((each) => [old.get(each), young.get(each)]);
}
