/** What every failed assertion throws. */
export class AssertionError extends Error {
  /**
   * @param message What was required and what was given instead.
   * @param options The cause, where there is one.
   */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

/** Throws what failed, with the caller's own message behind it where there is one. */
export function refuse(failed: string, msg?: string, rest = ""): never {
  throw new AssertionError(`${failed}${msg ? `: ${msg}` : "."}${rest}`);
}
