import { harmless } from "./plain_text.ts";

/**
 * The errors of modules that threw outside a test, by file, from what `deno test` printed. The
 * test results say nothing of them.
 */
export function loadingErrors(output: string): Map<string, string> {
  const errors = new Map<string, string>();
  const plain = harmless(output);
  const pattern = /^(?:\.\/)?(?<file>\S.*) \(uncaught error\)\nerror: (?<error>(?:.|\n(?!\n))+)/gm;
  for (const { groups } of plain.matchAll(pattern)) {
    const error = groups!.error.split("\nThis error was not caught")[0];
    errors.set(groups!.file, error.replace(/^\(in promise\) /, "").trim());
  }
  for (const { groups } of plain.matchAll(/^Uncaught error from (?:\.\/)?(?<file>.+) FAILED$/gm)) {
    if (!errors.has(groups!.file)) errors.set(groups!.file, "see the output of deno test");
  }
  return errors;
}
