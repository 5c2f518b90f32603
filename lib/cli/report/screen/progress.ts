import type { Screen } from "../../place.ts";
import type { Ended } from "../ended_tests.ts";
import { afterTest, type FileProgress, seenAt, waiting } from "./file_progress.ts";
import { fileLine, progressLines } from "./progress_lines.ts";
import type { Note } from "./running_notes.ts";

/** What is shown while spec files run. */
export interface Progress extends Disposable {
  /** A test has ended. */
  ended(ended: Ended): void;
  /** Something else is to be said. */
  say(line: string): void;
  /** These files are run once more, from their beginning. */
  again(files: readonly string[]): void;
}

/** Shows nothing. */
export const noProgress: Progress = { ended() {}, say() {}, again() {}, [Symbol.dispose]() {} };

/** Where lines cannot be written over: one for each question, once it is done. */
export class PlainProgress implements Progress {
  protected readonly state = new Map<string, FileProgress>();

  constructor(protected readonly screen: Screen, files: readonly string[]) {
    this.again(files);
  }

  ended(ended: Ended): void {
    const after = afterTest(this.state.get(ended.file)!, ended);
    this.state.set(ended.file, after);
    if (after.over) this.say(fileLine(after, this.screen));
  }

  say(line: string): void {
    this.screen.write(`${line}\n`);
  }

  again(files: readonly string[]): void {
    for (const file of files) this.state.set(file, waiting(file));
  }

  [Symbol.dispose](): void {}
}

/** How often the lines are written anew, in milliseconds. */
const ANEW = 250;

/** On a terminal: a line for each question, all written over as they change, and gone at the end. */
export class LiveProgress extends PlainProgress {
  #shown = 0;
  #over = false;
  readonly #timer = setInterval(() => this.#look(), ANEW);

  /** @param read What files are at, as far as that can be seen. */
  constructor(
    screen: Screen,
    files: readonly string[],
    readonly read: (files: readonly string[]) => Promise<ReadonlyMap<string, Note>>,
  ) {
    super(screen, files);
    this.#draw();
  }

  override ended(ended: Ended): void {
    this.state.set(ended.file, afterTest(this.state.get(ended.file)!, ended));
  }

  override say(line: string): void {
    this.#draw(`${line}\n`);
  }

  override [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#over = true;
    this.screen.write(this.#clear());
  }

  async #look(): Promise<void> {
    for (const [file, note] of await this.read([...this.state.keys()])) {
      this.state.set(file, seenAt(this.state.get(file)!, note, performance.now() / 1000));
    }
    if (!this.#over) this.#draw();
  }

  #draw(before = ""): void {
    const lines = progressLines([...this.state.values()], this.screen, performance.now() / 1000);
    this.screen.write(`${this.#clear()}${before}${lines.map((line) => `${line}\n`).join("")}`);
    this.#shown = lines.length;
  }

  #clear(): string {
    return this.#shown === 0 ? "" : `\x1b[${this.#shown}A\r\x1b[J`;
  }
}
