import type { Screen } from "../place.ts";

/** A test of a spec that has just ended. */
export interface Ended {
  /** From the project's root. */
  readonly file: string;
  /** The claim's statement, or which answer was checked. */
  readonly test: string;
  /** Whether it passed. */
  readonly passed: boolean;
}

/**
 * Reads the lines that `deno test --parallel` prints while these files are tested: gives the test
 * that a line says has ended, and undefined for any other line, such as those of steps and those
 * that the tests print themselves.
 */
export function endedTests(files: readonly string[]): (line: string) => Ended | undefined {
  let theirs = false;
  return (line) => {
    const mark = /-+ (?:\w+-test )?output( end)? -+$/.exec(line);
    if (mark) theirs = mark[1] === undefined;
    const file = files.find((file) => line.startsWith(`./${file} => `));
    return mark || theirs || !file ? undefined : endedTest(file, line.slice(file.length + 6));
  };
}

function endedTest(file: string, line: string): Ended | undefined {
  const found = /^(?<test>.*) \.\.\. (?<result>ok|FAILED)\b[^.]*(\(.*\))?$/.exec(line);
  if (!found?.groups) return undefined;
  const { test, result } = found.groups;
  return test.includes(" ... ") ? undefined : { file, test, passed: result === "ok" };
}

/** Shows what ends, and says which file and claim failed as soon as they do. */
export function showProgress(screen: Screen): (ended: Ended) => void {
  let passed = 0;
  let failed = 0;
  const clear = screen.terminal ? "\r\x1b[K" : "";
  return ({ file, test, passed: good }) => {
    good ? passed++ : failed++;
    const line = `${good ? "ok    " : "FAILED"} ${file}: ${test}\n`;
    if (!screen.terminal || !good) screen.write(clear + line);
    const wrong = failed === 0 ? "" : `, ${failed} failed`;
    if (screen.terminal) screen.write(`${clear}${passed} passed${wrong}  ${file}`);
  };
}
