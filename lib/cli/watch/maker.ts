import { MAKE_ONCE } from "./make_once.ts";

/** A process that makes the report once it is told to. */
export class Maker {
  readonly #process: Deno.ChildProcess;
  /** Once it has ended. */
  readonly done: Promise<Deno.CommandStatus>;

  /** Starts it, and it waits. */
  constructor(root: URL, args: readonly string[]) {
    const may = ["--no-prompt", "--allow-read=.", "--allow-write=report", "--allow-run"];
    this.#process = new Deno.Command(Deno.execPath(), {
      args: ["run", ...may, MAKE_ONCE, ...args],
      cwd: root,
      stdin: "piped",
    }).spawn();
    this.done = this.#process.status;
  }

  /** Tells it to make the report. */
  async begin(): Promise<void> {
    const writer = this.#process.stdin.getWriter();
    await writer.write(new Uint8Array(1)).catch(() => {}); // It may have ended: then it has said why.
  }

  /** Ends it and what it started, wherever it is; the report that is there stays whole. */
  async end(): Promise<void> {
    try {
      this.#process.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
    await this.done;
  }
}
