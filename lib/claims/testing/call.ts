/** For tests: commands with no input and no colours. Not exported. */

/** What a command came to. */
export interface Called {
  readonly code: number;
  readonly stdout: string;
  /** All that it printed. */
  readonly output: string;
}

/** Starts a command in a folder. */
export function start(
  cwd: string | URL,
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Deno.ChildProcess {
  return new Deno.Command(command, {
    args,
    cwd,
    env: { NO_COLOR: "1", FORCE_COLOR: "", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Waits until a command is done. */
export async function ended(child: Deno.ChildProcess): Promise<Called> {
  const { code, ...printed } = await child.output();
  const [stdout, stderr] = [printed.stdout, printed.stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  return { code, stdout, output: stdout + stderr };
}

/** Calls a command in a folder, and waits until it is done. */
export function call(...called: Parameters<typeof start>): Promise<Called> {
  return ended(start(...called));
}
