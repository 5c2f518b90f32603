import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { relative, sep } from "node:path";
import { fileAt } from "../files_in.ts";

/** Where a question and what it may be asked with are. */
const FOLDERS = ["spec/", "lib/", "fixtures/"];

/** What any question hangs on. */
const COMMON = ["lib/", "fixtures/", "mod.ts", "deno.json"];

/** How long nothing is to be saved before it is told, in milliseconds: editors save in several steps. */
const QUIET = 60;

/** Waits for what is saved that a question hangs on. */
export class Saves {
  #saved = new Set<string>();
  #told = Promise.withResolvers<void>();
  #timer?: ReturnType<typeof setTimeout>;

  /**
   * @param concerns Which files, from the project's root.
   * @param onOther Called when another question, or what it is asked with, is saved.
   */
  constructor(
    readonly root: URL,
    readonly concerns: (path: string) => boolean,
    readonly onOther = () => {},
  ) {
    const folders = FOLDERS.map((folder) => fileURLToPath(fileAt(root, folder)));
    this.#watch(Deno.watchFs(folders.filter((folder) => existsSync(folder))));
    this.#watch(Deno.watchFs(fileURLToPath(root), { recursive: false }));
  }

  /** What has been saved since this was asked last, from the project's root; waits until something is. */
  async next(): Promise<string[]> {
    await this.#told.promise;
    this.#told = Promise.withResolvers();
    const saved = [...this.#saved];
    this.#saved.clear();
    return saved;
  }

  async #watch(events: Deno.FsWatcher): Promise<void> {
    for await (const { kind, paths } of events) {
      if (kind === "access" || kind === "any" || kind === "other") continue;
      for (const path of paths) this.#note(path);
    }
  }

  #note(path: string): void {
    const file = relative(fileURLToPath(this.root), path).replaceAll(sep, "/");
    if (!this.concerns(file)) {
      if (file.startsWith("spec/") && !isPassing(file)) this.onOther();
      return;
    }
    this.#saved.add(file);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#told.resolve(), QUIET);
  }
}

/** Whether an answer hangs on a file: that of its question, one in the folder beside it, or any it may use. */
export function hangsOn(specs: readonly string[]): (path: string) => boolean {
  const beside = specs.map((spec) => spec.replace(/_test\.ts$/, "/"));
  return (path) =>
    !isPassing(path) &&
    (specs.includes(path) ||
      [...beside, ...COMMON].some((start) => path.startsWith(start)));
}

/** Whether an editor writes such a file only to rename it or to take it away. */
function isPassing(path: string): boolean {
  return /(?:^|\/)(?:\.|#|4913$)|(?:~|\.tmp|\.sw.)$/.test(path);
}
