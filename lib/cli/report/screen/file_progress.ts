import { isAnswerTest } from "../../../claims/names.ts";
import type { Running } from "../../../claims/write_record.ts";
import type { Ended } from "../ended_tests.ts";

/** How far a spec file has come. */
export interface FileProgress {
  /** From the project's root. */
  readonly file: string;
  /** Claims that are done. */
  readonly done: number;
  /** Tests that failed. */
  readonly failed: number;
  /** How many seconds the tests took that are done. */
  readonly seconds: number;
  /** What it is at; absent before it begins and once its answer is checked. */
  readonly running?: Pick<Running, "claims" | "statement"> & { readonly since: number };
  /** Whether its answer is checked, which comes last. */
  readonly over: boolean;
}

/** A file that has not begun. */
export function waiting(file: string): FileProgress {
  return { file, done: 0, failed: 0, seconds: 0, over: false };
}

/** The same once one of its tests has ended. */
export function afterTest(before: FileProgress, { test, passed, seconds }: Ended): FileProgress {
  const over = isAnswerTest(test);
  return {
    ...before,
    done: before.done + (over ? 0 : 1),
    failed: before.failed + (passed ? 0 : 1),
    seconds: before.seconds + seconds,
    running: over ? undefined : before.running,
    over,
  };
}

/** The same where it is seen at a claim; `now` is when, in seconds. */
export function seenAt(
  before: FileProgress,
  { claims, statement }: Pick<Running, "claims" | "statement">,
  now: number,
): FileProgress {
  if (before.over) return before;
  return { ...before, running: { claims, statement, since: before.running?.since ?? now } };
}
