import { specFile } from "./spec_file.ts";

/** A place in a file, as stack traces name it. */
export interface Location {
  /** A URL, such as "file:///spec/10_mlp_test.ts". */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A frame of a stack trace: "at name (URL:line:column)" or "at URL:line:column". */
const FRAME = /\b(?<file>[a-z][a-z+.-]+:.*?):(?<line>\d+):(?<column>\d+)\)?$/;

/** The places that a stack trace names, innermost first. */
export function placesIn(stack = ""): Location[] {
  return stack.split("\n").filter((line) => /^\s+at /.test(line)).flatMap((line) => {
    const found = FRAME.exec(line)?.groups;
    return found
      ? [{ file: found.file, line: Number(found.line), column: Number(found.column) }]
      : [];
  });
}

/**
 * Where `callee` was called from. Needs no permission. In a page, whose code is one bundle, it is
 * nowhere.
 *
 * @throws {Error} If the stack trace does not say.
 */
// deno-lint-ignore ban-types -- what Error.captureStackTrace takes
export function callerOf(callee: Function): Location {
  if (!globalThis.Deno) return { file: "", line: 0, column: 0 };
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, callee);
  const [caller] = placesIn(trace.stack);
  if (caller) return { ...caller, file: fileThatCalled(callee) ?? caller.file };
  throw new Error(`Cannot tell where ${callee.name} was called from, got "${trace.stack}"`);
}

/** What V8 hands to whoever writes a stack trace. */
interface CallSite {
  getScriptNameOrSourceURL(): string;
}

const errors = Error as { prepareStackTrace?(error: Error, sites: CallSite[]): unknown };

/** The URL of the caller's file as it is: the text of a stack trace has some of its signs decoded. */
// deno-lint-ignore ban-types -- what Error.captureStackTrace takes
function fileThatCalled(callee: Function): string | undefined {
  const { prepareStackTrace } = errors;
  const trace: { stack?: string } = {};
  try {
    errors.prepareStackTrace = (_, [site]) => site?.getScriptNameOrSourceURL();
    Error.captureStackTrace(trace, callee);
    return trace.stack; // Read here: it is prepared when it is read.
  } finally {
    errors.prepareStackTrace = prepareStackTrace;
  }
}

/** A place as a reader finds it, such as "spec/10_mlp_test.ts:12". */
export function placeInWords({ file, line }: Location): string {
  return `${specFile(file).path}:${line}`;
}

/** Files a test at a place of its own instead of where it was registered. */
export function fileAt<F extends object>({ file, line, column }: Location, test: F): F {
  return Object.assign(test, {
    [Symbol.for("Deno.test.location")]: `${file}:${line}:${column}`,
  });
}
