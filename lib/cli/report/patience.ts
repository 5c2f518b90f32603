/** How often it is looked whether anything moved, in milliseconds. */
const LOOK = 500;

/** Watches something that should move, and ends it once it has not for too long. */
export class Patience implements Disposable {
  /** Whether it was ended for not moving. */
  over = false;
  #since = performance.now();
  #seen = "";
  readonly #timer = setInterval(() => this.#check(), LOOK);

  /**
   * @param limit For how many seconds it may stand still.
   * @param look What can be seen of it from outside; where that changes, it moved.
   * @param end Ends it.
   */
  constructor(
    readonly limit: number,
    readonly look: () => Promise<string>,
    readonly end: () => unknown,
  ) {}

  /** Says that it moved. */
  moved(): void {
    this.#since = performance.now();
  }

  async #check(): Promise<void> {
    const seen = await this.look();
    if (seen !== this.#seen) this.moved();
    this.#seen = seen;
    if (this.over || performance.now() - this.#since < this.limit * 1000) return;
    this.over = true;
    this.end();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
