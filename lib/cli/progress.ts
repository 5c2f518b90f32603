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
 * Reads a line that `deno test --parallel` prints as a test ends; undefined for any other line,
 * steps included.
 */
export function endedTest(line: string): Ended | undefined {
  const found = /^(?:\.\/)?(?<file>\S+) => (?<test>.*) \.\.\. (?<result>ok|FAILED)\b[^.]*(\(.*\))?$/
    .exec(line);
  if (!found?.groups) return undefined;
  const { file, test, result } = found.groups;
  if (test.includes(" ... ")) return undefined;
  return { file, test, passed: result === "ok" };
}

/** Where progress is written: a terminal gets one line that changes, anything else a line for each. */
export interface Screen {
  /** Whether a line can be written over. */
  readonly terminal: boolean;
  /** Writes text as it is. */
  write(text: string): void;
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
