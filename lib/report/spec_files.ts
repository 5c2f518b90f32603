import type { Question } from "./document.ts";

/** Whether a path from the project's root is that of a spec file. */
export function isSpecFile(path: string): boolean {
  return /^spec\/[^/]+_test\.ts$/.test(path);
}

/** The name of a spec file's evidence in the folder of its run. */
export function evidencePath(file: string): string {
  return `${stem(file)}.json`;
}

/** What stands in for a question that could not be asked. */
export function brokenQuestion(file: string, problem: string): Question {
  const [, number = "0", slug = ""] = /^(\d*)_?(.*?)(?:_test)?$/.exec(stem(file)) ?? [];
  return {
    file,
    number: Number(number),
    question: slug.replaceAll("_", " ") || file,
    notes: "",
    standing: "",
    verdict: "broken",
    answer: "",
    wouldChange: "",
    sources: [],
    claims: [],
    problems: [problem],
  };
}

function stem(file: string): string {
  return (file.split("/").at(-1) ?? file).replace(/\.ts$/, "");
}
