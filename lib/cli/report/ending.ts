/** The signals that end a process and can be caught, with their numbers. */
const SIGNALS: Partial<Record<Deno.Signal, number>> = Deno.build.os === "windows"
  ? { SIGINT: 2, SIGBREAK: 21 }
  : { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 };

/** How often it is looked whether those that started this process are still there, in milliseconds. */
const LOOK = 1000;

/**
 * Ends this process on any signal that asks for it, and once whoever started it has ended, even if
 * that was killed. What this one started is to notice by itself that this one is gone.
 *
 * @param say Is told why, and may tidy up.
 */
export function endWhenAsked(say: (why: string) => void | Promise<void>): void {
  const end = async (why: string, code: number) => {
    await say(why);
    Deno.exit(code);
  };
  for (const [signal, number] of Object.entries(SIGNALS)) {
    Deno.addSignalListener(signal as Deno.Signal, () => end(`ended by ${signal}`, 128 + number));
  }
  const parent = Deno.ppid;
  const started = startedBy();
  Deno.unrefTimer(setInterval(async () => {
    const { npx, parents } = await started;
    const orphaned = Deno.ppid !== parent || npx.length > 0 && await parentsOf(npx) !== parents;
    if (orphaned) end("whoever started it has ended", 1);
  }, LOOK));
}

/**
 * The processes between npx and this one, and their parents: npx hands no signal on, and a shell
 * stands between it and Deno, so that what is below learns of its end only by its parent's parent.
 */
async function startedBy(): Promise<{ npx: number[]; parents: string }> {
  const between = [Deno.ppid];
  for (let i = 0; i < 3; i++) {
    const above = Number(await ps("ppid=", between.slice(-1)));
    if (/\bnpm exec\b|\bnpx\b/.test(await ps("args=", [above]))) {
      return { npx: between, parents: await parentsOf(between) };
    }
    between.push(above);
  }
  return { npx: [], parents: "" };
}

function parentsOf(processes: readonly number[]): Promise<string> {
  return ps("ppid=", processes);
}

/** What `ps` says of some processes; nothing where there is no `ps`. */
async function ps(what: string, processes: readonly number[]): Promise<string> {
  try {
    const args = ["-ww", "-o", what, "-p", processes.join()];
    const { stdout } = await new Deno.Command("ps", { args, stderr: "null" }).output();
    return new TextDecoder().decode(stdout).trim();
  } catch {
    return "";
  }
}
