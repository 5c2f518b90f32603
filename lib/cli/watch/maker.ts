import type { Kept } from "../../claims/before/as_before.ts";
import { MAKE_ONCE } from "./make_once.ts";

/** A process that makes the report once it is told to. */
export class Maker {
  readonly #process: Deno.ChildProcess;
  /** The id of its run. */
  readonly id = crypto.randomUUID();
  /** Once it has ended. */
  readonly done: Promise<Deno.CommandStatus>;

  /** Starts it, and it waits. */
  constructor(root: URL, args: readonly string[]) {
    const may = ["--no-prompt", "--allow-read=.", "--allow-write=report", "--allow-run"];
    this.#process = new Deno.Command(Deno.execPath(), {
      args: ["run", ...may, MAKE_ONCE, this.id, ...args],
      cwd: root,
      stdin: "piped",
    }).spawn();
    this.done = this.#process.status;
  }

  /** Tells it to make the report, and what claims may keep from before. */
  async begin(kept: readonly Kept[]): Promise<void> {
    const told = new Blob([JSON.stringify(kept)]).stream();
    await told.pipeTo(this.#process.stdin).catch(() => {}); // It may have ended: it has said why.
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
