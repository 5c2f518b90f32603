import { evidenceFiles, specFileAt } from "../claims/spec_file.ts";
import type { Question } from "./document/document.ts";

/** Whether a path from the project's root is that of a spec file. */
export function isSpecFile(path: string): boolean {
  return /^spec\/[^/]+_test\.ts$/.test(path);
}

/** The names of what a spec file leaves in the folder of its run. */
export function evidenceOf(file: string): ReturnType<typeof evidenceFiles> {
  return evidenceFiles(specFileAt(file));
}

/** What stands in for a question that could not be asked. */
export function brokenQuestion(file: string, problem: string): Question {
  const { number, stem } = specFileAt(file);
  const words = stem.replace(/^\d*_?|_test$/g, "").replaceAll("_", " ");
  return {
    file,
    number,
    question: words || file,
    notes: "",
    standing: "",
    verdict: "broken",
    lit: [],
    short: "",
    parts: [],
    wouldChange: "",
    sources: [],
    models: [],
    claims: [],
    problems: [problem],
  };
}
