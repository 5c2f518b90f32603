import { harmless } from "./plain_text.ts";

/**
 * The errors of modules that threw outside a test, by file, from what `deno test` printed at the end
 * of a run that failed. The test results say nothing of them.
 *
 * @param output What was printed; what tests print comes before the last sections.
 */
export function loadingErrors(output: string): Map<string, string> {
  const [details, names] = lastSections(harmless(output));
  const failed = names.matchAll(/^(?:\.\/)?(?<file>.+) \(uncaught error\)$/gm);
  const files = new Set(Array.from(failed, ({ groups }) => groups!.file));
  const errors = new Map(Array.from(files, (file) => [file, "see the output of deno test"]));
  const pattern = /^(?:\.\/)?(?<file>.+) \(uncaught error\)\nerror: (?<error>(?:.|\n(?!\n))+)/gm;
  for (const { groups } of details.matchAll(pattern)) {
    const { file, error } = groups!;
    const [thrown] = error.split("\nThis error was not caught");
    if (files.has(file)) errors.set(file, thrown.replace(/^\(in promise\) /, "").trim());
  }
  return errors;
}

/** What is said of each failure, and their names. */
function lastSections(output: string): [string, string] {
  const [errors, failures] = ["\n ERRORS \n", "\n FAILURES \n"];
  const names = output.lastIndexOf(failures);
  const details = output.lastIndexOf(errors, names);
  return details < 0 ? ["", ""] : [output.slice(details, names), output.slice(names)];
}
