/** A test of a spec that has just ended. */
export interface Ended {
  /** From the project's root. */
  readonly file: string;
  /** The claim's statement, or which answer was checked. */
  readonly test: string;
  /** Whether it passed. */
  readonly passed: boolean;
  /** How long it took, in seconds. */
  readonly seconds: number;
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
  const found = /^(?<test>.*) \.\.\. (?<result>ok|FAILED)\b[^.]*?(?:\((?<took>[^()]*)\))?$/.exec(
    line,
  );
  if (!found?.groups) return undefined;
  const { test, result, took } = found.groups;
  if (test.includes(" ... ")) return undefined;
  return { file, test, passed: result === "ok", seconds: secondsIn(took) };
}

/** As `deno test` writes them: "546µs", "302ms", "8s" or "1m2s". */
function secondsIn(took = ""): number {
  const units: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3 };
  return [...took.matchAll(/(\d+)(h|ms|m|s)/g)]
    .reduce((sum, [, number, unit]) => sum + Number(number) * units[unit], 0);
}
