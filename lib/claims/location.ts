/** A place in a file, as stack traces name it. */
export interface Location {
  /** A URL, such as "file:///spec/10_mlp_test.ts". */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Where `callee` was called from. Needs no permission.
 *
 * @throws {Error} If the stack trace does not say.
 */
// deno-lint-ignore ban-types -- what Error.captureStackTrace takes
export function callerOf(callee: Function): Location {
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, callee);
  const frame = trace.stack?.split("\n").find((line) => /^\s+at /.test(line)) ?? "";
  const [, file, line, column] = /\(?([^\s(]+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  if (!file) throw new Error(`Cannot tell where ${callee.name} was called from, got "${frame}"`);
  return { file, line: Number(line), column: Number(column) };
}

/** Files a test at a place of its own instead of where it was registered. */
export function fileAt<F extends object>({ file, line, column }: Location, test: F): F {
  return Object.assign(test, {
    [Symbol.for("Deno.test.location")]: `${file}:${line}:${column}`,
  });
}
