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
