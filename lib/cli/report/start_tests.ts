import type { Kept } from "../../claims/before/as_before.ts";
import { KEEPER } from "./keeper.ts";

/** What to start. */
export interface TestsToStart {
  /** The project's folder. */
  readonly root: URL;
  /** The run's id, which the evidence is stamped with. */
  readonly id: string;
  /** Test files from the root. */
  readonly files: readonly string[];
  /** What it may read besides `report/`; nothing unless told. */
  readonly mayRead?: readonly string[];
}

/** A `deno test` of one file, which waits for the spec file that it is to run. */
export interface Standby {
  /** The run's id. */
  readonly id: string;
  /** From the root. */
  readonly file: string;
  readonly process: Deno.ChildProcess;
  /** What its claims are to keep from a run before; nothing unless told. */
  readonly kept?: readonly Kept[];
}

/** Where a run leaves what its tests came to, from the root. */
export function junitFile(id: string): string {
  return `report/.evidence/${id}.junit.xml`;
}

/** Where one that stands by finds what claims are to keep, from the root. */
export function keptFile(id: string): string {
  return `report/.evidence/${id}.kept.json`;
}

/**
 * Starts `deno test`, whose process may read and write `report/` and nothing else, unless told. It
 * is ended when its standard input is closed. Types are not checked: that is what `deno test` by
 * itself is for, and no claim depends on it.
 */
export function startTests({ root, id, files, mayRead = [] }: TestsToStart): Deno.ChildProcess {
  const may = [`--allow-read=${["report", ...mayRead].join()}`, "--allow-write=report"];
  const how = ["--no-prompt", "--no-check", "--parallel", ...may, `--junit-path=${junitFile(id)}`];
  const keeper = ["run", "--no-prompt", "--no-config", "--allow-run", KEEPER, Deno.execPath()];
  return new Deno.Command(Deno.execPath(), {
    args: [...keeper, "test", ...how, ...files, "--", `--run-id=${id}`],
    cwd: root,
    // No colours, whatever is asked for where this is called.
    env: { NO_COLOR: "1", FORCE_COLOR: "", CLICOLOR_FORCE: "" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}
